#!/usr/bin/env bash
# Trains a street-scenes model like the one that FcnSharp.StreetScenes ships, from scratch; see eng/train-street-scenes.cs for the recipe.
# usage: eng/train-street-scenes.sh DIR [--minutes N | --epochs N] [--out FOLDER] [--threads N]
# DIR has camvid/ (train, trainannot, val, valannot) and labelmefacade/ (images, labels) in it. Interrupted? Run the same line again.
set -euo pipefail

# glibc returns every large block to the system at once and gets it back page by page; keeping them makes a step about a sixth faster.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 OMP_WAIT_POLICY=passive
exec dotnet run -c Release "$(dirname "$0")/train-street-scenes.cs" -- "$@"
