#!/usr/bin/env bash
# Mutation testing of one room of FcnSharp.Core, or of one file of it:
#   eng/mutate.sh Weights
#   eng/mutate.sh Networks
#   eng/mutate.sh Tensors
#   eng/mutate.sh Evaluation
#   eng/mutate.sh Imaging
#   eng/mutate.sh Prediction
#   eng/mutate.sh Tensors/HalfBits.cs
# What follows goes to Stryker. With fewer tests it is done sooner, and what survives may be killed by those left out:
#   eng/mutate.sh Networks --test-case-filter "FullyQualifiedName!~Tests.Engine&FullyQualifiedName!~Tests.Prediction"
# The report lies in artifacts/mutation. Not part of CI: a room takes from minutes to hours.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Optimised as Release is, or the engine's tests would take hours; in Debug's folders, so that no mutant is ever left in those of Release.
export Optimize=true

what=${1:?Give a room of src/FcnSharp.Core, such as Networks, or a file of one.}
[ -e "src/FcnSharp.Core/$what" ] || { echo "src/FcnSharp.Core/$what is not there. Give a room, such as Networks, or a file of one."; exit 1; }
[ -d "src/FcnSharp.Core/$what" ] && pattern="**/$what/**/*.cs" || pattern="**/$what"

dotnet tool restore
root=$PWD
cd tests/FcnSharp.Core.Tests
dotnet stryker --config-file ../../eng/stryker.yaml --mutate "$pattern" --output "$root/artifacts/mutation/${what//\//-}" --skip-version-check "${@:2}"
