#!/usr/bin/env bash
# Runs the tests of samples/WebDemo's page, and of the same page published without a service (samples/BrowserDemo), in Chromium, which it
# installs where it is missing (Debian and its kin; as root). What the browser demo took is printed at the end.
# Screenshots lie in tests/FcnSharp.WebDemo.BrowserTests/bin/Release/net10.0/screenshots afterwards.
set -uo pipefail
cd "$(dirname "$0")/.."

command -v chromium > /dev/null || { apt-get update && apt-get install -y --no-install-recommends chromium; } || exit 1
demo=$(mktemp -d)
trap 'rm -rf "$demo"' EXIT
figures=tests/FcnSharp.WebDemo.BrowserTests/bin/Release/net10.0/screenshots/browser-demo.txt
rm -f "$figures"

eng/build-browser-demo.sh "$demo" || exit 1
BROWSER_DEMO=$demo CHROMIUM=$(command -v chromium) dotnet test -c Release --project tests/FcnSharp.WebDemo.BrowserTests
code=$?
cat "$figures"
exit $code
