#!/usr/bin/env bash
# Runs samples/WebDemo as docs/reference/web-service.md describes, from source, published, and as its Dockerfile publishes it, and sends the
# requests of that page. Verifies its unit with systemd-analyze.
set -uo pipefail
cd "$(dirname "$0")/.."

command -v curl > /dev/null || { apt-get update && apt-get install -y --no-install-recommends curl ca-certificates; } || exit 1
command -v systemd-analyze > /dev/null || { apt-get update && apt-get install -y --no-install-recommends systemd; } || exit 1
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

# stop: ends the server as systemd and Docker do; the exit code must be 0.
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

# publishes_image: runs the publish command of the Dockerfile on the committed files only, as the image does.
publishes_image() {
  local command
  command=$(sed -n 's/^RUN //p' samples/WebDemo/Dockerfile)
  mkdir "$work/source"
  git ls-files -z | xargs -0 cp --parents -t "$work/source"
  (cd "$work/source" && TARGETARCH=amd64 bash -c "${command/ \/app/ $work/app}")
}

# as_in_the_image COMMAND...: without a home folder or environment variables, and not as root.
as_in_the_image() {
  local user=()
  [ "$(id -u)" -ne 0 ] || user=(setpriv --reuid=1654 --regid=1654 --clear-groups)
  exec env -i ASPNETCORE_HTTP_PORTS=5000 DOTNET_EnableDiagnostics=0 "${user[@]}" "$@"
}

# systemd_reads_unit: systemd-analyze has no complaint about the unit, and its exposure level is low.
systemd_reads_unit() {
  local root=$work/root said
  mkdir -p "$root/etc/systemd/system" "$root/opt/fcnsharp-web"
  cp samples/WebDemo/fcnsharp-web.service "$root/etc/systemd/system"
  cp "$work/app/WebDemo" "$root/opt/fcnsharp-web"
  cp -r --parents /usr/lib/systemd/system "$root"
  said=$(systemd-analyze verify --root="$root" fcnsharp-web.service 2>&1 | grep fcnsharp-web)
  [ -z "$said" ] || { echo "$said"; return 1; }
  systemd-analyze security --offline=yes --threshold=20 samples/WebDemo/fcnsharp-web.service | tail -1
  return "${PIPESTATUS[0]}"
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

check publishes_image
chmod 755 "$work"
check serve as_in_the_image "$work/app/WebDemo"
check asks_for_json
check stop
check systemd_reads_unit
echo "needs ASP.NET Core: $(du -sm "$work/web-demo" | cut -f1) MB; in the image: $(du -sm "$work/app" | cut -f1) MB"

[ $failures -eq 0 ]
