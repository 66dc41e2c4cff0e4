#!/usr/bin/env bash
# Speed and peak memory of this checkout against another commit, in pairs:
#   eng/compare-speed.sh COMMIT
# Two builds take turns on one picture, in the order A B B A. What follows the commit goes to the benchmark, such as --pairs 100.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
commit=${1:?Give the commit to compare with.}
work=$(mktemp -d)
trap 'git worktree remove --force "$work/source"; rm -rf "$work"' EXIT

git worktree add --detach "$work/source" "$commit"
mkdir -p "$work/source/benchmarks/Pairs.Child"
cp benchmarks/Pairs.Child/{Pairs.Child.csproj,Program.cs} "$work/source/benchmarks/Pairs.Child/"
dotnet publish -c Release "$work/source/benchmarks/Pairs.Child" -o "$work/before"
dotnet publish -c Release benchmarks/Pairs.Child -o "$work/after"

for what in "--size 512x512" "--model street --size 480x360" "--model fcn-resnet50 --size 693x520"; do
  dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- pairs \
    --before "$work/before/Pairs.Child" --after "$work/after/Pairs.Child" $what "${@:2}"
done
