#!/usr/bin/env bash
# Checks that an application that references only the packages FcnSharp.Core and FcnSharp.StreetScenes segments a photo.
#   eng/check-consumer.sh FEED VERSION
# FEED is a folder with the two packages of that version.
set -uo pipefail

eng=$(cd "$(dirname "$0")" && pwd)
photo="$eng/../samples/SegmentImage/leuven.jpg"
golden="$eng/../tests/FcnSharp.StreetScenes.Tests/leuven-labels.png"
. "$eng/consumer.sh"

references="$(reference FcnSharp.Core "$version")$(reference FcnSharp.StreetScenes "$version")"

project app csproj "$references"
cat > app/Program.cs <<'CS'
using System;
using FcnSharp;
using FcnSharp.Imaging;

using var predictor = StreetScenes.CreatePredictor();
var result = predictor.Segment(args[0]);
result.SaveOverlay(args[1], new OverlayOptions { Legend = true });

var labels = result.Labels.Labels.Span;
var golden = LabelMap.Load(args[2]).Labels.Span;
var equal = 0;
for (var i = 0; i < labels.Length; i++)
{
    equal += labels[i] == golden[i] ? 1 : 0;
}

Console.WriteLine(equal >= 0.999 * golden.Length ? "labels: the golden ones" : $"labels: {equal} of {golden.Length} are the golden ones");
CS
rid=$(dotnet msbuild app/app.csproj -getProperty:NETCoreSdkPortableRuntimeIdentifier)

segments() { prints "labels: the golden ones" "$@" "$photo" overlay.png "$golden" && [ -s overlay.png ] && rm overlay.png; }

no_symbols() { [ -z "$(find "$1" -name '*Skia*.pdb')" ]; }

check "builds without warnings" dotnet build app -c Release
check "has no debugging symbols of Skia in its folder" no_symbols app/bin/Release
check "takes at most 210 MB, Skia for every system and the weights included" at_most 210 app/bin/Release
check "segments a photo" segments dotnet app/bin/Release/net10.0/app.dll
check "publishes trimmed, without warnings" dotnet publish app -c Release -r "$rid" --self-contained -p:PublishTrimmed=true -o trimmed
check "segments a photo when trimmed" segments ./trimmed/app
check "takes at most 60 MB when trimmed, .NET included" at_most 60 trimmed

for package in FcnSharp.Core FcnSharp.StreetScenes; do
  unpacked="${cache%/}/$(echo "$package" | tr '[:upper:]' '[:lower:]')/$version"
  for part in README.md icon.png THIRD-PARTY-NOTICES.md "lib/net10.0/$package.dll" "lib/net10.0/$package.xml"; do
    check "$package has $part" [ -s "$unpacked/$part" ]
  done
  # An archive does not compress the names of its files.
  check "$package has symbols" grep -q "$package.pdb" "$feed/$package.$version.snupkg"
done
check "FcnSharp.Core is under MIT" grep '<license type="expression">MIT</license>' "${cache%/}/fcnsharp.core/$version/fcnsharp.core.nuspec"
check "FcnSharp.StreetScenes brings the licence of its weights" grep "non-commercial" "${cache%/}/fcnsharp.streetscenes/$version/LICENSE-WEIGHTS.txt"

verdict
