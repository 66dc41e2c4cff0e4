#!/usr/bin/env bash
# Runs samples/WebDemo as docs/deployment.md says, from source and published, and asks it as the page says.
set -uo pipefail
cd "$(dirname "$0")/.."

command -v curl > /dev/null || { apt-get update && apt-get install -y --no-install-recommends curl ca-certificates; } || exit 1
address=http://localhost:5000
work=$(mktemp -d)
failures=0
trap 'kill "${server:-}" 2> /dev/null; rm -rf "$work"' EXIT

# serve COMMAND...: starts a server and waits until it is healthy.
serve() {
  "$@" > "$work/log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    curl -sf $address/health > /dev/null && return 0
    sleep 1
  done
  cat "$work/log"
  return 1
}

# stop: ends the server as systemd and Docker do, and takes no other code than success.
stop() {
  kill -TERM "$server"
  wait "$server"
  local code=$?
  server=
  [ $code -eq 0 ] || { echo "the server ended with $code"; return 1; }
}

check() {
  if "$@"; then echo "ok    $*"; else echo "FAIL  $*"; failures=$((failures + 1)); fi
}

asks_for_json() { curl -s --data-binary @samples/SegmentImage/leuven.jpg -H "Content-Type: image/jpeg" $address/api/segment | grep -q '"name":"Building"'; }
asks_for_overlay() {
  curl -s -F picture=@samples/SegmentImage/leuven.jpg -H "Accept: image/png" "$address/api/segment?legend=true" -o "$work/overlay.png"
  head -c 4 "$work/overlay.png" | grep -qa PNG
}

check serve dotnet run -c Release --project samples/WebDemo
check asks_for_json
check asks_for_overlay
check stop

check dotnet publish samples/WebDemo -c Release -r linux-x64 --self-contained false -o "$work/web-demo"
check serve "$work/web-demo/WebDemo"
check asks_for_json
check curl -sf $address/leuven.jpg -o "$work/leuven.jpg"
check stop

[ $failures -eq 0 ]
