#!/usr/bin/env bash
# Runs a fuzzing campaign and prints a Markdown table of the share of lines that it reached in each reader's files.
# usage: eng/fuzz-coverage.sh [OPTIONS OF THE CAMPAIGN], by default --minutes 2
# Counted with coverlet (MIT). The counts of child processes that are ended while they read an input are lost.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/artifacts/fuzz-coverage
arguments=${*:---minutes 2}
rm -rf "$out"
dotnet build tests/FcnSharp.Fuzz -c Release -o "$out/bin" -p:MeasuresCoverage=true -v quiet
dotnet msbuild tests/FcnSharp.Fuzz -t:MeasureCoverage -v:minimal -p:Configuration=Release -p:MeasuresCoverage=true \
  -p:OutDir="$out/bin/" -p:CoverletOutput="$out/lcov.info" -p:CampaignArguments="$arguments --folder $out/inputs"

# Files of readers; files of the same folders that write, draw, compute or train are left out.
weights='Weights/(Formats|Loading|Pickling)/|Weights/(Checkpoint|NameMap)\.cs|Tensors/(ElementReader|HalfBits|Safetensors|TensorNames)|Networks/(Model|OptionsInference|GraphRecognition|StateDict|FcnNetwork)'
pictures='Imaging/(ImageDecoder|JpegMarkers|OtherFormat|Png(DataStream|Header|Reader|Rows)|DecodeOptions|RgbColor|ClassList)|Data/(SampleReader|SampleChecks|MaskColors)|Support/(InputFile|FileText|TextLines)'
lists='Data/(ClassFile|NameList|NamedFiles|VocDataset|CamVidDataset|FolderDataset|FileDataset)'
runs='Evaluation/(RunTable|TrainingCurves|TrainingRow|TrainingPart)|Training/Checkpoints/|Training/Reports/(CsvLog|EventFile|EventMessage|LogFile|RunLog)|Training/Loop/RunFolder|Training/Planning/(RunDescription|RunState)'
echo
echo '| File | Lines | Reached |'
echo '|---|---:|---:|'
awk -F: -v OFS='\t' '/^SF/ { file = $2 } /^LF/ { lines = $2 } /^LH/ { print file, lines, $2 }' "$out/lcov.info" \
  | sed "s|^$PWD/src/||" | grep -E "/($weights|$pictures|$lists|$runs)" | sort \
  | awk -F'\t' '{ printf "| `%s` | %d | %.0f %% |\n", $1, $2, 100 * $3 / $2; all += $2; hit += $3 }
      END { printf "| all | %d | %.0f %% |\n", all, 100 * hit / all }'
