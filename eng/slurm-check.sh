#!/usr/bin/env bash
# Runs eng/slurm-segment.sbatch as a Slurm array: four tasks over 40 pictures, one of them killed and requeued; then compares
# all results with those of one run without Slurm.
#   eng/slurm-check.sh WORK
# Needs root, the tool on the PATH as fcn, and Debian's packages: apt-get install --no-install-recommends slurm-wlm munge
# Slurm runs during the check, with its configuration, keys and state in the folder WORK, which must not exist.
set -uo pipefail
eng=$(cd "$(dirname "$0")" && pwd)

if [ $# -ne 1 ] || [ -e "$1" ]; then
  echo "usage: $0 WORK, a folder that does not exist yet" >&2
  exit 2
fi
for program in munged slurmctld slurmd sbatch fcn dotnet; do
  command -v "$program" > /dev/null || { echo "$program is missing. See the first lines of $0." >&2; exit 2; }
done

mkdir -p "$1" && cd "$1" || exit 2
work=$PWD
daemons=()
trap 'kill "${daemons[@]}" 2> /dev/null; wait 2> /dev/null' EXIT

fail() {
  echo "FAIL  $1"
  tail -n 5 "$work"/*.log
  exit 1
}

# until_true SECONDS COMMAND...
until_true() {
  local left=$1
  shift
  until "$@"; do
    left=$((left - 1))
    [ $left -gt 0 ] || return 1
    sleep 1
  done
}

# start COMMAND...: starts a daemon as a background job of this shell.
start() {
  "$@" > "$(basename "$1").log" 2>&1 &
  daemons+=($!)
}

host=$(hostname -s)
export SLURM_CONF=$work/slurm.conf
mkdir state spool
(umask 077 && head -c 1024 /dev/urandom > munge.key)
cat > slurm.conf <<CONF
ClusterName=check
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthInfo=socket=$work/munge.socket
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 RealMemory=4000
PartitionName=all Nodes=ALL Default=YES State=UP
CONF

start munged --foreground --force --key-file="$work/munge.key" --socket="$work/munge.socket" --pid-file="$work/munged.pid" --log-file="$work/munge-daemon.log" --seed-file="$work/munge.seed"
until_true 30 [ -S munge.socket ] || fail "munged starts"
start slurmctld -D
start slurmd -D
until_true 60 eval 'sinfo --noheader --format=%t 2> /dev/null | grep -q idle' || fail "the node becomes idle"
echo "ok    $(slurmctld -V) runs with a node of 4 processors"

dotnet run -c Release "$eng/slurm-pictures.cs" -- "$eng/../samples/SegmentImage/leuven.jpg" "$work/photos" 40 || fail "pictures are made"
fcn segment photos -o whole --labels --json || fail "one run without Slurm"

job=$(sbatch --parsable "$eng/slurm-segment.sbatch" "$work/photos" "$work/results" --labels --json) || fail "the array is submitted"
results() { find results -name '*-labels.png' 2> /dev/null | wc -l; }
state() { scontrol show job --oneliner "${job}_$1" | sed 's/.*JobState=\([A-Z]*\).*/\1/'; }
until_true 300 eval '[ "$(results)" -ge 8 ]' || fail "the first results come"

scancel --signal=KILL --full "${job}_3" || fail "task 3 is killed"
until_true 60 eval '[ "$(state 3)" != RUNNING ] && [ "$(state 3)" != COMPLETING ]' || fail "task 3 ends"
echo "ok    task 3 was killed after $(results) of 40 results: $(state 3)"
until_true 60 scontrol requeue "${job}_3" || fail "task 3 is requeued"
until_true 300 eval '[ -z "$(squeue --noheader --jobs="$job" 2> /dev/null)" ]' || fail "the array ends"

for task in 1 2 3 4; do
  [ "$(state $task)" = COMPLETED ] || fail "task $task is $(state $task)"
  echo "ok    task $task: $(tail -n 1 "fcn-$job-$task.log")"
done
grep -q "done before" "fcn-$job-3.log" || fail "task 3 went on where it was killed"
[ "$(results)" -eq 40 ] || fail "40 results, not $(results)"
diff -r --exclude=.fcn whole results || fail "the results are those of one run"
echo "ok    all 40 pictures, labels and JSON, are byte for byte those of one run"
