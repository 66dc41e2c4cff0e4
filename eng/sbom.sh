#!/usr/bin/env bash
# Writes a bill of materials (CycloneDX, JSON) for each package of src: PACKAGE.cdx.json in a folder.
#   eng/sbom.sh FOLDER VERSION
set -euo pipefail

version=${2:?Give the version of the packages.}
out=$(mkdir -p "${1:?Give a folder to write to.}" && cd "$1" && pwd)
cd "$(dirname "$0")/.."

dotnet tool restore > /dev/null
for project in src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  dotnet restore "$project" > /dev/null
  dotnet tool run dotnet-CycloneDX "$project" --output "$out" --filename "$name.cdx.json" --output-format Json \
    --set-name "$name" --set-version "$version" --set-type Library --disable-package-restore --exclude-dev > "$out/log" \
    || { cat "$out/log"; exit 1; }
  grep -q '"bomFormat": "CycloneDX"' "$out/$name.cdx.json"
  echo "$name: $(grep -c '"purl"' "$out/$name.cdx.json") parts"
done
rm "$out/log"
