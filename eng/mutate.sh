#!/usr/bin/env bash
# Mutation testing of one room of FcnSharp.Core, or of one file of it:
#   eng/mutate.sh Weights
#   eng/mutate.sh Networks
#   eng/mutate.sh Tensors
#   eng/mutate.sh Evaluation
#   eng/mutate.sh Imaging
#   eng/mutate.sh Prediction
#   eng/mutate.sh Tensors/HalfBits.cs
# Further arguments are passed to Stryker. With fewer tests it is faster, but the tests left out might kill some of the survivors:
#   eng/mutate.sh Networks --test-case-filter "FullyQualifiedName!~Tests.Engine&FullyQualifiedName!~Tests.Prediction"
# The report is in artifacts/mutation. Not part of CI: a room takes from minutes to hours.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Optimised, or the engine's tests would take hours; in the folders of Debug, so that no mutant is left in those of Release.
export Optimize=true

what=${1:?Give a room of src/FcnSharp.Core, such as Networks, or a file of one.}
[ -e "src/FcnSharp.Core/$what" ] || { echo "src/FcnSharp.Core/$what does not exist. Give a room, such as Networks, or a file of one."; exit 1; }
[ -d "src/FcnSharp.Core/$what" ] && pattern="**/$what/**/*.cs" || pattern="**/$what"

dotnet tool restore
root=$PWD
cd tests/FcnSharp.Core.Tests
dotnet stryker --config-file ../../eng/stryker.yaml --mutate "$pattern" --output "$root/artifacts/mutation/${what//\//-}" --skip-version-check "${@:2}"
