#!/usr/bin/env bash
# Builds the programs of docs/how-to against the packed packages, and runs them. Linux x64 only, because of the native OpenCV package.
#   eng/check-recipes.sh FEED VERSION
# FEED is a folder with the packages FcnSharp.Core, FcnSharp.StreetScenes and FcnSharp.ImageSharp of that version.
set -uo pipefail

eng=$(cd "$(dirname "$0")" && pwd)
photo="$eng/../samples/SegmentImage/leuven.jpg"
guides="$eng/../docs/how-to"
. "$eng/consumer.sh"

street="$(reference FcnSharp.Core "$version")$(reference FcnSharp.StreetScenes "$version")"
implicit="<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>"

# recipe PAGE FOLDER REFERENCES [SDK]: a project with the first program of a page.
recipe() {
  project "$2" csproj "$3" "$implicit"
  sed -i "s/Microsoft.NET.Sdk\"/${4:-Microsoft.NET.Sdk}\"/" "$work/$2/$2.csproj"
  awk '/^```csharp/{code = 1; next} /^```/{if (code) exit} code' "$guides/$1.md" > "$work/$2/Program.cs"
  [ -s "$work/$2/Program.cs" ] || { echo "$1.md has no program"; exit 1; }
}

# ours PACKAGE: a reference to the version of the package that the repository uses.
ours() { reference "$1" "$(sed -n "s/.*Include=\"$1\" Version=\"\([^\"]*\)\".*/\1/p" "$eng/../Directory.Packages.props")"; }

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

recipe console-program terminal "$street"
check "console program: builds without warnings" dotnet build terminal -c Release
check "console program: segments a photo" prints "street.jpg: Building covers" dotnet terminal/bin/Release/net10.0/terminal.dll street.jpg
check "console program: writes the overlay" [ -s street.overlay.png ]
check "console program: says which file is missing" prints "missing.jpg" dotnet terminal/bin/Release/net10.0/terminal.dll missing.jpg

recipe minimal-api api "$street" Microsoft.NET.Sdk.Web
check "minimal API: builds without warnings" dotnet build api -c Release
check "minimal API: answers a posted body, and refuses what is no picture" serves

recipe imagesharp images "$(reference FcnSharp.ImageSharp "$version")$(reference FcnSharp.StreetScenes "$version")"
check "ImageSharp: builds without warnings" dotnet build images -c Release
check "ImageSharp: segments an image" prints "751x563: " dotnet images/bin/Release/net10.0/images.dll street.jpg overlay.png
check "ImageSharp: writes the overlay" [ -s overlay.png ]

recipe worker worker "$street" Microsoft.NET.Sdk.Web
check "worker: builds without warnings" dotnet build worker -c Release
check "worker: works through a folder with a broken picture in it" works

recipe database database "$street$(ours Microsoft.Data.Sqlite)"
check "database: builds without warnings" dotnet build database -c Release
check "database: stores the classes of a picture" prints "street.jpg: " dotnet database/bin/Release/net10.0/database.dll results.db street.jpg
check "database: stores a picture twice" prints "street.jpg: " dotnet database/bin/Release/net10.0/database.dll results.db street.jpg

recipe opencv opencv "$street$(ours OpenCvSharp4)$(ours OpenCvSharp4.official.runtime.linux-x64)"
check "OpenCV: builds without warnings" dotnet build opencv -c Release
check "OpenCV: segments a Mat" prints "751x563: " dotnet opencv/bin/Release/net10.0/opencv.dll street.jpg overlay-opencv.png
check "OpenCV: writes the overlay" [ -s overlay-opencv.png ]

verdict
