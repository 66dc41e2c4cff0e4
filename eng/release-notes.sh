#!/usr/bin/env bash
# Prints the section of CHANGELOG.md on a version; a pre-release such as 1.2.3-rc.1 has the section of 1.2.3.
set -euo pipefail

[ $# -eq 1 ] || [ $# -eq 2 ] || { echo "usage: eng/release-notes.sh VERSION [CHANGELOG]" >&2; exit 2; }
version=$1
changelog=${2:-$(dirname "$0")/../CHANGELOG.md}

# section PROGRAM: runs awk, whose "here" is true from the heading of the version to the next one.
section() {
  awk -v version="${version%%-*}" '/^## / { name = $2; sub(/,$/, "", name); here = name == version } '"$1" "$changelog"
}

heading=$(section 'here && /^## /')
[ -n "$heading" ] || { echo "$changelog: has no section about ${version%%-*}. Write one: \"## ${version%%-*}, DATE\"." >&2; exit 1; }
if [[ $heading == *"not released yet"* && $version != *-* ]]; then
  echo "$changelog: says that ${version} is not released yet. Write the date into its heading." >&2
  exit 1
fi

notes=$(section 'here && !/^## /')
[ -n "${notes//[[:space:]]/}" ] || { echo "$changelog: its section about ${version%%-*} is empty." >&2; exit 1; }
sed '/./,$!d' <<< "$notes"
