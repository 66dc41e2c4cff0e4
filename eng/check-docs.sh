#!/usr/bin/env bash
# Runs the tests of the documentation's site in Chromium. Installs Chromium if it is missing (Debian and its derivatives; needs root).
#   eng/check-docs.sh [SITE]
# SITE is the folder that eng/build-docs.sh wrote, by default artifacts/site. The screenshots are in the folder screenshots beside the
# built tests.
set -uo pipefail
cd "$(dirname "$0")/.."

site=${1:-artifacts/site}
[ -s "$site/index.html" ] || { echo "$site has no site. Run eng/build-docs.sh first."; exit 1; }
command -v chromium > /dev/null || { apt-get update && apt-get install -y --no-install-recommends chromium; } || exit 1
CHROMIUM=$(command -v chromium) DOCS_SITE=$(realpath "$site") dotnet test -c Release --project tests/FcnSharp.Docs.BrowserTests
