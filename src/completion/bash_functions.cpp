// SPDX-License-Identifier: MIT
#include "completion/bash_functions.hpp"

namespace dgauth::completion {
namespace {

constexpr std::string_view functions = R"sh(
# The names in the [profiles.NAME] lines of the configuration; $1 is the file that --config names.
# Names in quotes are left out where they have an escape, or what a shell would evaluate.
_dgauth_profiles() {
    local directory=$HOME/.config file=${1:-${DGAUTH_CONFIG-}}
    local table='^[[:blank:]]*\[[[:blank:]]*profiles[[:blank:]]*\.[[:blank:]]*' end='[[:blank:]]*\].*'
    local plain='[A-Za-z0-9_-]\{1,\}' quoted='[^][:cntrl:]"\\$`'\'']\{1,\}'
    if [[ ${XDG_CONFIG_HOME-} == /* ]]; then
        directory=$XDG_CONFIG_HOME
    fi
    file=${file:-$directory/dgauth/config.toml}
    if [[ -f $file && -r $file ]]; then
        sed -n -e "s/$table\($plain\)$end/\1/p" -e "s/$table\([\"']\)\($quoted\)\1$end/\2/p" <"$file"
    fi
}

# Profiles that begin with $1, in the quotes that are there already or in the form that the shell
# needs; $2 is the file of --config. Nothing of them is evaluated, as _dgauth_offer would do.
_dgauth_offer_profiles() {
    local name shown
    COMPREPLY=()
    while IFS= read -r name; do
        printf -v shown %q "$name"
        if [[ $1 == [\"\']* ]]; then
            shown=${1:0:1}$name
        fi
        if [[ $shown == "$1"* ]]; then
            COMPREPLY+=("${shown#[\"\']}")
        fi
    done < <(_dgauth_profiles "$2")
}

# Fills COMPREPLY with those of the words in $1 that begin with $2.
_dgauth_offer() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(compgen -W "$1" -- "$2")
}

# The words in $1, behind those of the list $2 that are typed already.
_dgauth_offer_list() {
    local before='' word lists=''
    if [[ $2 == *,* ]]; then
        before=${2%,*},
    fi
    for word in $1; do
        if [[ ,$before != *,$word,* ]]; then
            lists+="$before$word "
        fi
    done
    _dgauth_offer "$lists" "$2"
}

# Names of files that begin with $2; if $1 is "directory", of directories only.
_dgauth_offer_files() {
    local name action=-f
    if [[ $1 == directory ]]; then
        action=-d
    fi
    COMPREPLY=()
    while IFS= read -r name; do
        COMPREPLY+=("$name")
    done < <(compgen "$action" -- "$2")
    # Not in bash 3.2; there a directory's name is completed without its slash.
    compopt -o filenames 2>/dev/null
}

# Values that begin with $1, as _dgauth_look_up has found them; $2 is the file of --config.
_dgauth_offer_values() {
    case $kind in
        file | directory) _dgauth_offer_files "$kind" "$1" ;;
        profile) _dgauth_offer_profiles "$1" "$2" ;;
        word) _dgauth_offer "$choices" "$1" ;;
        list) _dgauth_offer_list "$choices" "$1" ;;
        names)
            # The value behind NAME= is for the user to write.
            _dgauth_offer "$choices" "$1"
            COMPREPLY=("${COMPREPLY[@]/%/=}")
            compopt -o nospace 2>/dev/null
            ;;
    esac
}

# Values joined to a short option in $1, as in -ojson; fails if no option in it takes one. $2 is the
# command, $3 the file of --config.
_dgauth_offer_joined() {
    local i before
    for ((i = 1; i < ${#1} - 1; i++)); do
        _dgauth_look_up "-${1:i:1}" "$2"
        if [[ -n $kind ]]; then
            before=${1:0:i+1}
            _dgauth_offer_values "${1:i+1}" "$3"
            COMPREPLY=("${COMPREPLY[@]/#/$before}")
            return 0
        fi
    done
    return 1
}

_dgauth() {
    # bash splits a line at "=" too: --region=eu is three words.
    local current=${COMP_WORDS[COMP_CWORD]} option='' command='' config='' arguments=0
    local kind choices word i
    COMPREPLY=()

    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ -n $option ]]; then
            if [[ $word == '=' ]]; then
                continue
            fi
            if [[ $option == -c || $option == --config ]]; then
                config=${word/#\~\//$HOME/}
            fi
            option=''
        elif [[ $word == -- ]]; then
            return
        elif [[ $word == -* ]]; then
            _dgauth_look_up "$word" "$command"
            if [[ -n $kind ]]; then
                option=$word
            elif [[ $word == -c* ]]; then
                config=${word#-c}
            fi
        elif [[ -z $command ]]; then
            command=$word
        else
            arguments=$((arguments + 1))
        fi
    done

    if [[ -n $option ]]; then
        if [[ $current == '=' ]]; then
            current=''
        fi
        _dgauth_look_up "$option" "$command"
        _dgauth_offer_values "$current" "$config"
    elif [[ $current == -[!-]?* ]] && _dgauth_offer_joined "$current" "$command" "$config"; then
        return
    elif [[ $current == -* ]]; then
        _dgauth_offer "$(_dgauth_options "$command")" "$current"
    elif [[ -z $command ]]; then
        _dgauth_offer "$_dgauth_commands" "$current"
    else
        _dgauth_look_up "$arguments" "$command"
        _dgauth_offer_values "$current" "$config"
    fi
}

complete -F _dgauth dgauth
)sh";

}  // namespace

std::string_view bash_functions() { return functions; }

}  // namespace dgauth::completion
