# One line for each check of a script, and a closing line. Sourced; $work must be a folder for the log.

failures=0
passes=0

# check TEXT COMMAND...: one line for the outcome, the command's output only when it fails.
check() {
  local text=$1
  shift
  if "$@" > "$work/log" 2>&1; then
    echo "ok    $text"
    passes=$((passes + 1))
  else
    echo "FAIL  $text"
    sed 's/^/      /' "$work/log" | tail -40
    failures=$((failures + 1))
  fi
}

# verdict: prints the closing line; succeeds if no check failed.
verdict() {
  echo "$(basename "$0"): $passes passed, $failures failed"
  [ $failures -eq 0 ]
}
