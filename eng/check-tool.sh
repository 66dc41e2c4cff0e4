#!/usr/bin/env bash
# Checks that the packed tool installs and works on this system.
#   eng/check-tool.sh FEED VERSION
# FEED is a folder with FcnSharp.Cli.VERSION.nupkg.
set -uo pipefail

eng=$(cd "$(dirname "$0")" && pwd)
photo="$eng/../samples/SegmentImage/leuven.jpg"
weights="$eng/../tests/FcnSharp.Core.Tests/Files/paper.caffemodel"
hostile="$eng/../tests/FcnSharp.Core.Tests/Files/hostile.pth"
. "$eng/consumer.sh"

segments() { tools/fcn segment "$photo" -o results && [ -s results/leuven-overlay.png ] && [ -s results/leuven-colors.png ] && [ -s results/leuven-labels.png ]; }
converts() { prints "written: $1" tools/fcn convert "$weights" "$1" && [ -s "$1" ]; }
pipes() { tools/fcn segment - --json < "$photo" | grep '"name": "Building"' > /dev/null; }
resumes() { prints "1 done before" tools/fcn segment "$photo" -o results --resume; }
completes() { tools/fcn completion bash > fcn.bash && PATH=$work/tools:$PATH bash -c 'source ./fcn.bash; COMP_LINE="fcn seg" COMP_POINT=7 COMP_WORDS=(fcn seg) COMP_CWORD=1; _fcn; [ "${COMPREPLY[*]}" = segment ]'; }
refuses() { local output; output=$(tools/fcn inspect "$hostile" 2>&1); [ $? -eq 2 ] && [[ $output == *"posix.system"* ]] && [ ! -e fcn-was-here ]; }

check "installs" dotnet tool install FcnSharp.Cli --version "$version" --tool-path tools
check "info tells the version" prints "$version" tools/fcn info
check "segments a photo" segments
check "goes on where it was" resumes
check "segments standard input" pipes
check "completes in bash" completes
check "converts a .caffemodel to .safetensors" converts fcn.safetensors
check "converts a .caffemodel to .onnx" converts fcn.onnx
check "refuses a pickle that asks for code" refuses
check "brings both licences" eval '[ -n "$(find tools -name LICENSE-TOOL.txt)" ] && [ -n "$(find tools -name LICENSE-WEIGHTS.txt)" ]'
check "takes at most 300 MB with the libraries of all systems, packed and unpacked" at_most 300 tools

verdict
