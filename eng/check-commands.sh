#!/usr/bin/env bash
# Runs the commands of README and docs that measure or draw, on small inputs. Checks that they work, not their figures.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dotnet run -c Release samples/first-steps.cs > "$work/first-steps"
# The tutorial shows what the program prints, except the line that depends on the processor.
steps() { grep -E '^[0-9]+[.] ' "$1" | grep -v '^9[.] '; }
diff <(steps docs/tutorials/segment-a-picture.md) <(steps "$work/first-steps")

dotnet run -c Release eng/sample-report.cs -- "$work/report.html"
[ -s "$work/report.html" ]

# A data set of three pictures whose masks are the labels of the shipped network, so that its score is 1.
dotnet build -c Release eng/train-street-scenes.cs
dotnet run -c Release eng/slurm-pictures.cs -- samples/SegmentImage/leuven.jpg "$work/pictures" 3
dotnet run -c Release --project src/FcnSharp.Cli -- segment "$work/pictures/street-0" -o "$work/masks" --labels
mkdir -p "$work/camvid/val" "$work/camvid/valannot"
for picture in "$work"/pictures/street-0/*.jpg; do
  name=$(basename "$picture" .jpg)
  mv "$picture" "$work/camvid/val/"
  mv "$work/masks/$name-labels.png" "$work/camvid/valannot/$name.png"
done

dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- accuracy --camvid "$work/camvid" --split val | tee "$work/accuracy"
grep -q "miou=1.0000" "$work/accuracy"
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- evaluation --camvid "$work/camvid" --split val
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- agreement --model street "$work/camvid/val"
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- peers --model street --size 96x64 --rounds 2
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- scaling --width 0.0625 --rounds 2
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- stages --width 0.0625 --size 96x64 --rounds 2 --json "$work/stages.json"
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- chart --out "$work/stages.svg" "$work/stages.json"
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- callers --width 0.0625 --size 96x64 --rounds 2
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- load --rounds 2
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- large --size 1200x900
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- kernels --filter '*Winograd*' --job dry
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- coldstart --rounds 2
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- training --steps 2 --rounds 1

# The curves are those of the sample's training, which .ci/run has run before.
[ -d samples/TrainYourOwn/out/run ] || dotnet run -c Release --project samples/TrainYourOwn
dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- curves --out "$work/curves.svg" samples/TrainYourOwn/out/run
[ -s "$work/stages.svg" ] && [ -s "$work/curves.svg" ]
