# Completes fcn's commands and options in fish; names of files where those do not fit.
# Save it as ~/.config/fish/completions/fcn.fish, or use it now: source fcn.fish.
function __fcn_suggestions
    set -l line (commandline --cut-at-cursor --current-process)
    set -l word (commandline --cut-at-cursor --current-token)
    for suggestion in (fcn "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null)
        switch $suggestion
            case '/*' '-\?'
            case '-*'
                string match --quiet -- '-*' "$word"; and echo $suggestion
            case '*'
                echo $suggestion
        end
    end
end
complete --command fcn --arguments '(__fcn_suggestions)'
