#!/usr/bin/env bash
# Builds the documentation as a site, with the API reference of all packages. Warnings are errors, among them dead links and anchors.
#   eng/build-docs.sh [OUT]
# OUT is a folder, by default artifacts/site; its contents are replaced.
set -euo pipefail

out=$(mkdir -p "${1:-$(dirname "$0")/../artifacts/site}" && cd "${1:-$(dirname "$0")/../artifacts/site}" && pwd)
cd "$(dirname "$0")/.."
assemblies=artifacts/site-assemblies
log=$(mktemp)
trap 'rm -rf "$log" "$assemblies" docs/api' EXIT

dotnet tool restore > "$log" || { cat "$log"; exit 1; }

# One folder with the packages' assemblies, their documentation and all that they reference, for docfx to read.
rm -rf "$assemblies" docs/api "${out:?}"
dotnet build tests/FcnSharp.Repository.Tests -c Release > "$log" || { cat "$log"; exit 1; }
mkdir -p "$assemblies"
cp tests/FcnSharp.Repository.Tests/bin/Release/net10.0/*.dll "$assemblies"
for package in FcnSharp FcnSharp.Core FcnSharp.StreetScenes FcnSharp.ImageSharp; do
  cp "src/$package/bin/Release/net10.0/$package.xml" "$assemblies"
done

# docfx lists a parameter twice if a member describes it beside an <inheritdoc>, which the C# compiler requires.
dotnet docfx metadata docfx.json > "$log" || { cat "$log"; exit 1; }
if grep 'warning' "$log" | grep -Ev "Duplicate parameter|Build succeeded with warning|warning\(s\)"; then
  exit 1
fi

dotnet docfx build docfx.json --output "$out" --warningsAsErrors > "$log" || { cat "$log"; exit 1; }
echo "$(find "$out" -name '*.html' | wc -l) pages in $out"
