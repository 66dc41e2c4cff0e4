#!/usr/bin/env bash
# Checks that a second build of the same sources, in another folder, gives packages with the same bytes.
#   eng/check-packages.sh FEED VERSION
# FEED is a folder with the packages of that version, from a first build with CI=true.
set -uo pipefail

if [ $# -ne 2 ]; then
  echo "usage: $0 FEED VERSION" >&2
  exit 2
fi

feed=$(cd "$1" && pwd) || exit 2
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
cd "$(dirname "$0")/.." || exit 1

# Copies .git, because the commit is part of a package, but not the outputs of the first build.
mkdir "$again/sources"
tar --exclude=./artifacts --exclude=bin --exclude=obj -cf - . | tar -xf - -C "$again/sources"
for project in src/*/*.csproj; do
  CI=true dotnet pack "$again/sources/$project" -c Release -o "$again/packages" -p:Version="$2" > "$again/log" 2>&1 || { cat "$again/log"; exit 1; }
done

failures=0
for package in "$feed"/*."$2".nupkg "$feed"/*."$2".snupkg; do
  name=$(basename "$package")
  if cmp -s "$package" "$again/packages/$name"; then
    echo "ok    $name"
  else
    echo "FAIL  $name differs in:"
    # One line for each entry, with its checksum.
    diff <(unzip -v "$package") <(unzip -v "$again/packages/$name") | sed 's/^/      /' | head -20
    failures=$((failures + 1))
  fi
done
[ $failures -eq 0 ]
