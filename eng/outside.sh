#!/usr/bin/env bash
# Measures how well the scores of the street-scenes model tell streets from other pictures: fetches the photos of eng/outside.tsv from
# packages of Debian 12 (600 MB), and compares them with CamVid val and the towns that no training picture comes from; see eng/outside.cs.
# usage: eng/outside.sh DIR [PHOTOS]
# DIR has camvid/ and labelmefacade/ in it, as for eng/train-street-scenes.sh; PHOTOS, by default outside-photos, gets the packages.
set -euo pipefail

data=$(cd "${1:?Give the folder of the pictures.}" && pwd)
mkdir -p "${2:-outside-photos}"
photos=$(cd "${2:-outside-photos}" && pwd)
eng=$(cd "$(dirname "$0")" && pwd)
for package in $(tail -n +2 "$eng/outside.tsv" | cut -f 2 | sort -u); do
  [ -e "$photos/$package" ] || (cd "$photos" && apt-get download "$package" && dpkg -x "$package"_*.deb "$package.part" &&
    rm "$package"_*.deb && mv "$package.part" "$package")
done
exec dotnet run -c Release "$eng/outside.cs" -- "$data" "$eng/outside.tsv" "$photos"
