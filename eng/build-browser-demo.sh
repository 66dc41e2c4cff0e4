#!/usr/bin/env bash
# build-browser-demo.sh OUT: publishes samples/BrowserDemo as static files into the folder OUT, for any web server and below any path.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:?build-browser-demo.sh OUT: name the folder that the files go to}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish samples/BrowserDemo -c Release -o "$work"
mkdir -p "$out"
cp -r "$work/wwwroot/." "$out/"
