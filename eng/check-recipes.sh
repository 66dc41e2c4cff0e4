#!/usr/bin/env bash
# Builds the programs of docs/recipes.md against the packed packages, and runs each.
#   eng/check-recipes.sh FEED VERSION
# FEED is a folder with the packages FcnSharp.Core, FcnSharp.StreetScenes and FcnSharp.ImageSharp of that version.
set -uo pipefail

eng=$(cd "$(dirname "$0")" && pwd)
photo="$eng/../samples/SegmentImage/leuven.jpg"
page="$eng/../docs/recipes.md"
. "$eng/consumer.sh"

street="$(reference FcnSharp.Core "$version")$(reference FcnSharp.StreetScenes "$version")"
implicit="<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>"

# recipe HEADING FOLDER REFERENCES [SDK]: a project with the program under a heading of the page.
recipe() {
  project "$2" csproj "$3" "$implicit"
  sed -i "s/Microsoft.NET.Sdk\"/${4:-Microsoft.NET.Sdk}\"/" "$work/$2/$2.csproj"
  awk -v heading="## $1" '/^## /{here = $0 == heading} /^```/{code = here && /csharp/; next} code' "$page" > "$work/$2/Program.cs"
  [ -s "$work/$2/Program.cs" ] || { echo "$page has no program under $1"; exit 1; }
}

serves() {
  ASPNETCORE_URLS=http://127.0.0.1:0 dotnet api/bin/Release/net10.0/api.dll > api.log 2>&1 &
  local server=$! address= answer refused
  for _ in $(seq 100); do
    address=$(sed -n 's/.*Now listening on: //p' api.log)
    [ -n "$address" ] && break
    sleep 0.2
  done
  answer=$(curl -s --data-binary @"$photo" "$address/segment")
  refused=$(curl -s -o /dev/null -w '%{http_code}' --data-binary "no picture" "$address/segment")
  kill "$server"
  wait "$server" 2> /dev/null
  echo "$answer" | head -5
  echo "no picture: $refused"
  [[ $answer == *'"name": "Building"'* ]] && [ "$refused" = 415 ]
}

works() {
  mkdir -p photos
  cp "$photo" photos/one.jpg
  cp "$photo" photos/two.jpg
  echo "no picture" > photos/three.jpg
  prints "three.jpg: " dotnet worker/bin/Release/net10.0/worker.dll --folder photos && [ -s photos/one.labels.png ] && [ -s photos/two.labels.png ]
}

cp "$photo" street.jpg

recipe "A console program" terminal "$street"
check "console program: builds without warnings" dotnet build terminal -c Release
check "console program: segments a photo" prints "street.jpg: Building covers" dotnet terminal/bin/Release/net10.0/terminal.dll street.jpg
check "console program: writes the overlay" [ -s street.overlay.png ]
check "console program: says which file is missing" prints "missing.jpg" dotnet terminal/bin/Release/net10.0/terminal.dll missing.jpg

recipe "A minimal API" api "$street" Microsoft.NET.Sdk.Web
check "minimal API: builds without warnings" dotnet build api -c Release
check "minimal API: answers a posted body, and refuses what is no picture" serves

recipe "Images of ImageSharp" images "$(reference FcnSharp.ImageSharp "$version")$(reference FcnSharp.StreetScenes "$version")"
check "ImageSharp: builds without warnings" dotnet build images -c Release
check "ImageSharp: segments an image" prints "751x563: " dotnet images/bin/Release/net10.0/images.dll street.jpg overlay.png
check "ImageSharp: writes the overlay" [ -s overlay.png ]

recipe "A worker over a folder" worker "$street" Microsoft.NET.Sdk.Web
check "worker: builds without warnings" dotnet build worker -c Release
check "worker: works through a folder with a broken picture in it" works

verdict
