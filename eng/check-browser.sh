#!/usr/bin/env bash
# Runs the tests of samples/WebDemo's page, and of the same page published without a service (samples/BrowserDemo), in Chromium. Installs
# Chromium if it is missing (Debian and its derivatives; needs root). Prints the times of the browser demo at the end.
# The screenshots are in tests/FcnSharp.WebDemo.BrowserTests/bin/Release/net10.0/screenshots.
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
