# Completes fcn's commands and options in bash; names of files where those do not fit.
# Use it now: source fcn-completion.bash. Or always: put that line into ~/.bashrc.
_fcn() {
  local word=${COMP_WORDS[COMP_CWORD]} suggestion
  COMPREPLY=()
  while IFS= read -r suggestion; do
    case $suggestion in
      /*|-\?) continue ;;
      -*) [[ $word == -* ]] || continue ;;
    esac
    [[ -n $suggestion && $suggestion == "$word"* ]] && COMPREPLY+=("$suggestion")
  done < <("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)
}
complete -o default -F _fcn fcn
