#!/usr/bin/env bash
# Runs the tests of the documentation's site in Chromium, which it installs where it is missing (Debian and its kin; as root).
#   eng/check-docs.sh [SITE]
# SITE is what eng/build-docs.sh wrote, by default artifacts/site. Screenshots lie in the folder screenshots beside the built tests
# afterwards.
set -uo pipefail
cd "$(dirname "$0")/.."

site=${1:-artifacts/site}
[ -s "$site/index.html" ] || { echo "$site has no site. Run eng/build-docs.sh first."; exit 1; }
command -v chromium > /dev/null || { apt-get update && apt-get install -y --no-install-recommends chromium; } || exit 1
CHROMIUM=$(command -v chromium) DOCS_SITE=$(realpath "$site") dotnet test -c Release --project tests/FcnSharp.Docs.BrowserTests
