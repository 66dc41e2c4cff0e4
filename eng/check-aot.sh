#!/usr/bin/env bash
# Checks that samples/SegmentImage, compiled to a native program, uses AVX2 and gives the labels that it gives on the .NET runtime.
# Needs a C compiler and an x64 processor with AVX2.
set -uo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/native" "$work/runtime"
cp samples/SegmentImage/leuven.jpg "$work/native/"
cp samples/SegmentImage/leuven.jpg "$work/runtime/"

dotnet publish samples/SegmentImage -c Release -r linux-x64 -p:PublishAot=true -o "$work/program" || exit 1
"$work/program/SegmentImage" "$work/native/leuven.jpg" | tee "$work/log" || exit 1
dotnet run -c Release --project samples/SegmentImage -- "$work/runtime/leuven.jpg" > /dev/null || exit 1

grep -q "^engine: .*AVX2" "$work/log" || { echo "the native program's engine does not name AVX2"; exit 1; }
cmp "$work/native/leuven-labels.png" "$work/runtime/leuven-labels.png" || exit 1
echo "native program: AVX2, the same labels, $(du -m "$work/program/SegmentImage" | cut -f1) MB and $(du -m "$work/program/libSkiaSharp.so" | cut -f1) MB of Skia"
