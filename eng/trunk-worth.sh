#!/usr/bin/env bash
# Measures what a pretrained trunk is worth: the same 40 pictures of CamVid train, about the same minutes, with and without it, evaluated
# on CamVid val.
# usage: eng/trunk-worth.sh CAMVID [OUT]
# CAMVID has train, trainannot, val and valannot. OUT, by default trunk-worth, gets data/, with/ and without/; the curves are drawn by
#   dotnet run -c Release --project benchmarks/FcnSharp.Benchmarks -- curves --out trunk.svg OUT/with/run OUT/without/run
# EPOCHS_WITH and EPOCHS_WITHOUT are the numbers of epochs; interrupted runs start again from the beginning.
set -euo pipefail

camvid=$(cd "${1:?Give the folder of CamVid.}" && pwd)
out=${2:-trunk-worth}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$(dirname "$0")/.."

rm -rf "$out/data" && mkdir -p "$out/data/images" "$out/data/labels"
ls "$camvid/train" | awk 'NR % 9 == 1' | head -n 40 | sed 's/\.png$//' > "$out/data/train.txt"
ls "$camvid/val" | sed 's/\.png$//' > "$out/data/val.txt"
for part in train val; do
  while read -r name; do
    ln -s "$camvid/$part/$name.png" "$out/data/images/$name.png"
    ln -s "$camvid/${part}annot/$name.png" "$out/data/labels/$name.png"
  done < "$out/data/$part.txt"
done
printf '%s\n' Sky Building Pole Road Pavement Tree SignSymbol Fence Car Pedestrian Bicyclist > "$out/data/classes.txt"

# As in eng/train-street-scenes.sh: glibc keeps large blocks.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 OMP_WAIT_POLICY=passive
train() {
  local name=$1; shift
  rm -rf "${out:?}/$name"
  dotnet run -c Release --project samples/TrainYourOwn -- --data "$out/data" --ignore 11 --out "$out/$name" "$@"
}
train with --trunk resnet18 --epochs "${EPOCHS_WITH:-60}"
train without --epochs "${EPOCHS_WITHOUT:-75}"
