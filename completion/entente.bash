# bash completion of entente: commands, methods and families are asked of the command itself.
_entente()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "$(entente --help | awk '/^  [a-z]/ { print $1 }') --help --version" -- "$word"))
        return
    fi
    case $before in
        --method | -m | explain)
            COMPREPLY=($(compgen -W "$(entente methods | awk '/^  / { print $1 }')" -- "$word"))
            return ;;
        new | schema | methods)
            COMPREPLY=($(compgen -W "$(entente methods | sed -n 's/^\([a-z]*\): .*/\1/p')" -- "$word"))
            return ;;
    esac
    if [ "$command" = new ] && [ "$COMP_CWORD" -eq 3 ]; then
        COMPREPLY=($(compgen -W "$(entente methods "$before" 2>/dev/null | awk '/^  / { print $1 }')" -- "$word"))
        return
    fi
    case $word in
        -*)
            COMPREPLY=($(compgen -W "$(entente "$command" --help 2>/dev/null | grep -oE -- '(^|[^a-z-])--?[a-z-]+' | grep -oE -- '--?[a-z-]+$') --help --quiet" -- "$word")) ;;
        *)
            COMPREPLY=($(compgen -f -- "$word")) ;;
    esac
}
complete -o filenames -F _entente entente
