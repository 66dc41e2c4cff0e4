#!/usr/bin/env bash
# Runs the tests of samples/WebDemo's page in Chromium, which it installs where it is missing (Debian and its kin; as root).
# Screenshots lie in tests/FcnSharp.WebDemo.BrowserTests/bin/Release/net10.0/screenshots afterwards.
set -uo pipefail
cd "$(dirname "$0")/.."

command -v chromium > /dev/null || { apt-get update && apt-get install -y --no-install-recommends chromium; } || exit 1
CHROMIUM=$(command -v chromium) dotnet test -c Release --project tests/FcnSharp.WebDemo.BrowserTests
