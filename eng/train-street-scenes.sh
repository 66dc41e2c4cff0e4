#!/usr/bin/env bash
# Trains the street-scenes model that FcnSharp.StreetScenes ships, from an ImageNet ResNet-18; see eng/train-street-scenes.cs for the recipe.
# usage: eng/train-street-scenes.sh DIR [--minutes N | --epochs N] [--from MODEL] [--out FOLDER] [--threads N]
# DIR has camvid/ (train, trainannot, val, valannot) and labelmefacade/ (images, labels, other-towns.txt) in it. Interrupted? Run the same
# line again.
set -euo pipefail

# By default glibc returns every large block to the system at once; keeping the blocks makes a step about a sixth faster.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 OMP_WAIT_POLICY=passive

# The trunk is in a package that TrainYourOwn downloads.
eng=$(dirname "$0")
sample=$eng/../samples/TrainYourOwn
dotnet restore "$sample" > /dev/null
trunk=$(dotnet msbuild "$sample" -getProperty:ResNet18File)
exec dotnet run -c Release "$eng/train-street-scenes.cs" -- "${1:?Give the folder of the pictures.}" "$trunk" "$eng/street-scenes-roads.tsv" "${@:2}"
