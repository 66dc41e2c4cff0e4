#!/usr/bin/env bash
# Segments videos that ffmpeg generates with the tool, and checks the results.
#   eng/check-video.sh
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. eng/checks.sh

dotnet build -c Release src/FcnSharp.Cli > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
tool=$root/src/FcnSharp.Cli/bin/Release/net10.0/FcnSharp.Cli.dll
small=$root/tests/FcnSharp.Core.Tests/Files/paper.caffemodel
photo=$root/samples/SegmentImage/leuven.jpg
mkdir "$work/videos"
cd "$work/videos" || exit 1

fcn() { dotnet "$tool" "$@"; }
quick() { fcn segment "$@" --model "$small"; }
ff() { ffmpeg -hide_banner -loglevel error -nostdin -y "$@"; }

# is EXPECTED ACTUAL
is() { [ "$1" = "$2" ] || { echo "expected $1 but got $2"; return 1; }; }

# of FILE STREAM FIELDS: fields of a stream, v or a, as ffprobe prints them.
of() { ffprobe -v error -select_streams "$2:0" -show_entries "stream=$3" -of csv=p=0 "$1" | tr -d '\r' | sed 's/,$//'; }
frames() { ffprobe -v error -select_streams v:0 -count_frames -show_entries stream=nb_read_frames -of csv=p=0 "$1" | tr -d ','; }
sound() { ff -i "$1" -map 0:a -c copy -f hash -; }

# frame FILE NUMBER PNG
frame() { ff -i "$1" -vf "select=eq(n\,$2)" -frames:v 1 "$3"; }

# psnr A B: the peak signal-to-noise ratio of two pictures, in whole decibels, at the video's chroma resolution.
psnr() {
  ffmpeg -hide_banner -nostdin -i "$1" -i "$2" -lavfi "[0]format=yuv420p[a];[1]format=yuv420p[b];[a][b]psnr" -f null - 2>&1 \
    | sed -n 's/.*average:inf.*/99/p;s/.*average:\([0-9]\+\).*/\1/p' | tail -1
}

# flicker FILE: the mean change from one frame to the next, in thousandths of a grey level.
flicker() {
  ff -i "$1" -vf "tblend=all_mode=difference,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-" -f null - \
    | awk -F= '/YAVG/ && n++ { sum += $2 } END { printf "%d", 1000 * sum / (n - 1) }'
}

# refused CODE TEXT COMMAND...: the command fails with that exit code, prints one line that contains the text, and writes nothing.
refused() {
  local code=$1 text=$2 said
  shift 2
  rm -f refused.mp4*
  said=$("$@" -o refused.mp4 2>&1 > /dev/null)
  is "$code" $? || { echo "$said"; return 1; }
  echo "$said"
  [[ $said == *"$text"* ]] && [ "$(wc -l <<< "$said")" -eq 1 ] && [ -z "$(ls refused.mp4* 2> /dev/null)" ]
}

# A walk along a street, with sound.
ff -loop 1 -i "$photo" -f lavfi -i sine=frequency=440 -vf "zoompan=z=1.3:x=on*4:y=20:d=1:s=160x120:fps=25" -t 1 \
  -c:v libx264 -pix_fmt yuv420p -c:a aac clip.mp4 || exit 1

keeps_everything() {
  fcn segment clip.mp4 -o out.mp4 --shares shares.csv || return 1
  is "$(frames clip.mp4)" "$(frames out.mp4)" \
    && is "$(of clip.mp4 v width,height,avg_frame_rate)" "$(of out.mp4 v width,height,avg_frame_rate)" \
    && is "$(sound clip.mp4)" "$(sound out.mp4)" && is "$(of clip.mp4 a duration)" "$(of out.mp4 a duration)" \
    && is "$(of clip.mp4 v duration)" "$(of out.mp4 v duration)" && is "h264,bt709" "$(of out.mp4 v codec_name,color_space)"
}
draws_the_overlay() {
  frame clip.mp4 20 street.png && fcn segment street.png --overlay && frame out.mp4 20 result.png || return 1
  local same other
  same=$(psnr street-overlay.png result.png) other=$(psnr street.png result.png)
  echo "$same dB to the overlay, $other dB to the frame"
  [ "$same" -ge 35 ] && [ "$other" -le 25 ]
}
lists_shares() {
  head -2 shares.csv
  is "frame,seconds,Sky" "$(head -1 shares.csv | cut -d, -f1-3)" && is 26 "$(wc -l < shares.csv)" \
    && is "24,0.960" "$(tail -1 shares.csv | cut -d, -f1-2)"
}
adds_a_legend() {
  quick clip.mp4 -o legend.mkv --legend && is "160" "$(of legend.mkv v width)" && is "$(sound clip.mp4)" "$(sound legend.mkv)" \
    && [ "$(of legend.mkv v height)" -gt 120 ]
}
tells_in_json() {
  quick clip.mp4 -o json.mp4 --json --every 5 > out.json && cat out.json && grep -q '"frames": 25,' out.json \
    && grep -q '"frames_computed": 5,' out.json && grep -q '"network_idle_share": 0' out.json
}
looks_at_every_fifth() {
  quick clip.mp4 -o every.mp4 --every 5 --shares every.csv && is 25 "$(frames every.mp4)" \
    && is "0 5 10 15 20" "$(tail -n +2 every.csv | cut -d, -f1 | tr '\n' ' ' | sed 's/ $//')"
}
flickers_less() {
  local plain smooth
  ff -loop 1 -i "$photo" -vf "scale=160:120,fps=25,noise=alls=60:allf=t" -t 0.8 -c:v libx264 -crf 10 -pix_fmt yuv420p noisy.mp4 \
    && fcn segment noisy.mp4 -o plain.mp4 --opacity 1 --outline 0 \
    && fcn segment noisy.mp4 -o smooth.mp4 --opacity 1 --outline 0 --smooth 0.8 || return 1
  plain=$(flicker plain.mp4) smooth=$(flicker smooth.mp4)
  echo "$plain without and $smooth with smoothing"
  [ "$smooth" -gt 0 ] && [ $((2 * smooth)) -lt "$plain" ]
}
takes_odd_sizes() {
  ff -f lavfi -i testsrc=size=161x121:rate=30000/1001 -t 0.5 -c:v ffv1 -pix_fmt yuv444p odd.mkv && quick odd.mkv -o odd.mp4 \
    && is "161,121,30000/1001" "$(of odd.mp4 v width,height,avg_frame_rate)" && is "$(frames odd.mkv)" "$(frames odd.mp4)"
}
turns_upright() {
  ff -i clip.mp4 -c copy -metadata:s:v:0 rotate=90 turned.mp4
  [[ $(ffprobe -v error -show_streams turned.mp4) == *rotation=* ]] || ff -display_rotation 90 -i clip.mp4 -c copy turned.mp4 || return 1
  quick turned.mp4 -o upright.mp4 --opacity 0 && is "120,160" "$(of upright.mp4 v width,height)" || return 1
  frame turned.mp4 3 turned.png && frame upright.mp4 3 upright.png && [ "$(psnr turned.png upright.png)" -ge 30 ]
}
keeps_the_shape_of_pixels() {
  ff -i clip.mp4 -an -vf setsar=4/3 -t 0.2 wide.mp4 && quick wide.mp4 -o wide-out.mp4 && is "4:3" "$(of wide-out.mp4 v sample_aspect_ratio)"
}
evens_out_the_rate() {
  ff -i clip.mp4 -vf "select=lt(n\,10)+not(mod(n\,3))" -vsync vfr -c:a copy uneven.mp4 && quick uneven.mp4 -o even.mp4 || return 1
  local length
  length=$(of even.mp4 v duration)
  echo "$length s, $(of even.mp4 v avg_frame_rate) frames in a second"
  is "$(sound uneven.mp4)" "$(sound even.mp4)" && awk "BEGIN { exit !($length > 0.93 && $length < 1.07) }"
}
takes_recordings_of_browsers() {
  ff -i clip.mp4 -an -t 0.4 -c:v libvpx -live 1 -f webm - > browser.webm && quick browser.webm -o browser.mp4 \
    && is 10 "$(frames browser.mp4)"
}
takes_videos_without_sound() {
  ff -i clip.mp4 -an -c copy mute.mp4 && quick mute.mp4 && is 25 "$(frames mute-overlay.mp4)" \
    && is "" "$(of mute-overlay.mp4 a codec_name)"
}
cleans_up_after_a_signal() {
  local code said
  ff -f lavfi -i testsrc=size=160x120:rate=25 -t 60 -c:v libx264 -preset ultrafast long.mp4 || return 1
  mkdir -p ended
  # Job control gives it a process group of its own, which gets the signal as a whole, as from a terminal.
  set -m
  dotnet "$tool" segment long.mp4 -o ended/long.mp4 --shares ended/long.csv --progress json --model "$small" 2> said &
  local group=$!
  set +m
  for _ in $(seq 600); do
    grep -q '"done":2' said && break
    sleep 0.1
  done
  kill -INT -- -$group
  wait $group
  code=$?
  said=$(grep -v '"event"' said)
  echo "$said"
  is 130 $code && [[ $said == *" of about 1500 frames are done. An unfinished video is not kept."* && $said == *"error: interrupted."* ]] \
    && is "" "$(ls ended)" && ! kill -0 -- -$group 2> /dev/null
}
runs_what_is_documented() {
  local line
  mkdir -p documented && cp clip.mp4 documented
  (cd "$root" && grep -rhE '^fcn .*clip' README.md docs) > lines
  fcn segment --help | sed -n 's/^  \(fcn .*clip.*\)/\1/p' >> lines
  [ "$(wc -l < lines)" -ge 5 ] || return 1
  while IFS= read -r line; do
    echo "$line"
    (cd documented && eval "$line" < /dev/null) || return 1
  done < lines
}

check "keeps size, rate, length and the packets of the sound" keeps_everything
check "draws the overlay that a picture gets" draws_the_overlay
check "lists the shares of every frame" lists_shares
check "adds a legend, and writes Matroska" adds_a_legend
check "tells the outcome in JSON" tells_in_json
check "shows the network every fifth frame" looks_at_every_fifth
check "flickers less than half as much with smoothing" flickers_less
check "takes odd sizes and odd rates" takes_odd_sizes
check "turns frames upright" turns_upright
check "keeps the shape of pixels" keeps_the_shape_of_pixels
check "evens out a variable rate" evens_out_the_rate
check "takes recordings without a length" takes_recordings_of_browsers
check "takes videos without sound" takes_videos_without_sound
check "leaves nothing behind after Ctrl+C" cleans_up_after_a_signal
head -c 3000 clip.mp4 > cut.mp4
echo "no video" > text.mkv
ff -i clip.mp4 -vn -c copy -f mp4 sound.mp4
check "says that a video is cut off" refused 1 "error: cut.mp4: has no index" quick cut.mp4
check "says that a file is no video" refused 1 "error: text.mkv: is not a video that ffmpeg can read." quick text.mkv
check "says that there is only sound" refused 1 "error: sound.mp4: has sound, but no video stream." quick sound.mp4
check "runs the commands of the documentation" runs_what_is_documented

verdict
