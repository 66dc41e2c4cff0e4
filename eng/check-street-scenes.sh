#!/usr/bin/env bash
# Checks that eng/train-street-scenes.sh, ended and run again, writes the same file as an uninterrupted run, with and without --from: on a
# few pictures, one epoch.
# usage: eng/check-street-scenes.sh DIR [OUT]
# DIR is that of eng/train-street-scenes.sh; OUT, by default a temporary folder, gets the pictures and both runs.
set -euo pipefail

data=$(cd "${1:?Give the folder of the pictures.}" && pwd)
out=${2:-$(mktemp -d)}
eng=$(cd "$(dirname "$0")" && pwd)
small=$out/small

link() {
  mkdir -p "$small/$2"
  ln -sf "$data/$1" "$small/$2/"
}
for part in train val; do
  ls "$data/camvid/$part" | awk -v part="$part" 'NR % (part == "train" ? 8 : 25) == 1' | while read -r name; do
    link "camvid/$part/$name" "camvid/$part"
    link "camvid/${part}annot/$name" "camvid/${part}annot"
  done
done
ls "$data/labelmefacade/images" | awk 'NR % 8 == 1' | while read -r name; do
  link "labelmefacade/images/$name" labelmefacade/images
  link "labelmefacade/labels/${name%.*}.png" labelmefacade/labels
done
ls "$small/labelmefacade/images" | sed 's/\.[^.]*$//' | grep -Fxf "$data/labelmefacade/other-towns.txt" > "$small/labelmefacade/other-towns.txt"

run() { "$eng/train-street-scenes.sh" "$small" --epochs 1 --threads 2 --out "$out/$1" "${@:2}"; }

# Ends a run ten seconds after it has begun a part: end RUN PART SIGNAL [ARGUMENTS]. On SIGTERM it writes a checkpoint, on SIGKILL it
# cannot.
end() {
  run "$1" "${@:4}" &
  until [ -e "$out/$1/$2/lock" ]; do
    sleep 0.2
  done
  sleep 10
  pkill "-$3" -f -- "--out $out/$1"
  wait || true
}

same() {
  cmp "$out/$1/street-scenes.safetensors" "$out/$2/street-scenes.safetensors"
  echo "the same file: $(sha256sum < "$out/$1/street-scenes.safetensors")"
}

run whole
end killed eight TERM
end killed four KILL
run killed
same whole killed

first=(--from "$out/whole/street-scenes.safetensors")
run whole-on "${first[@]}"
end killed-on on TERM "${first[@]}"
run killed-on "${first[@]}"
same whole-on killed-on
