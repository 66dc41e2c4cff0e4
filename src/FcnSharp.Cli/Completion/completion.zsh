#compdef fcn
# Completes fcn's commands and options in zsh; names of files where those do not fit.
# Save it as _fcn in a folder of $fpath, or use it now: source _fcn.
_fcn() {
  local -a suggestions
  suggestions=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2> /dev/null)}")
  suggestions=(${suggestions:#/*})
  [[ ${words[CURRENT]} == -* ]] || suggestions=(${suggestions:#-*})
  (( $#suggestions )) && compadd -- $suggestions || _files
}
if [[ $funcstack[1] == _fcn ]]; then
  _fcn "$@"
else
  compdef _fcn fcn
fi
