# bash completion for dgauth, written by 'dgauth completion bash'.
# Works with and without the bash-completion package.

_dgauth_commands='grant header transcribe-url transcribe-file check config cache completion help'

# The options of command $1.
_dgauth_options() {
    case $1 in
        grant)
            echo '--ttl --strict-ttl --cache --no-cache --min-valid --var --out --force'
            ;;
        header)
            echo '--auth --ttl --strict-ttl --cache --no-cache --min-valid --out --force'
            ;;
        transcribe-url)
            echo '-m --model -l --language --param --smart-format --diarize --punctuate --paragraphs
                --utterances --detect-language --redact --keyterm --tag --callback --from-file
                --null -j --jobs --output-dir --resume --plain-names --auth --ttl --strict-ttl
                --cache --no-cache --min-valid'
            ;;
        transcribe-file)
            echo '-m --model -l --language --param --smart-format --diarize --punctuate --paragraphs
                --utterances --detect-language --redact --keyterm --tag --callback --from-file
                --null -j --jobs --output-dir --resume --plain-names --auth --ttl --strict-ttl
                --cache --no-cache --min-valid'
            ;;
        check)
            echo '--auth --probe --expect --expect-not --allow-unknown --no-mint --report'
            ;;
        help) return ;;
    esac
    echo '-c --config -p --profile --base-url --region --api-key-file -o --output --json -q
                --quiet -v --verbose --timeout --connect-timeout --retries --cacert --dry-run
                --no-color -h --help -V --version'
}

# Sets kind to what the value of option $1 of command $2 is, and choices to the words there are; a
# number is the argument of that place. What takes no value is of no kind.
_dgauth_look_up() {
    kind='' choices=''
    case $2:$1 in
        grant:-o | grant:--output)
            kind=word
            choices='token json header export fish dotenv curl github'
            ;;
        header:-o | header:--output)
            kind=word
            choices='header value curl ws ws-value json'
            ;;
        transcribe-url:-o | transcribe-url:--output | transcribe-file:-o | \
            transcribe-file:--output)
            kind=word
            choices='text json srt vtt'
            ;;
        check:-o | check:--output)
            kind=word
            choices='text json junit tap github'
            ;;
        config:-o | config:--output)
            kind=word
            choices='text json'
            ;;
        cache:-o | cache:--output | completion:-o | completion:--output)
            kind=word
            choices='text'
            ;;
        *:-o | *:--output)
            kind=word
            choices='token json header export fish dotenv curl github value ws ws-value text srt vtt
                junit tap'
            ;;
        *:-c | *:--config | *:--api-key-file | *:--cacert | grant:--out | header:--out | \
            transcribe-url:--from-file | transcribe-file:--from-file | check:--report | \
            transcribe-file:[0-9]*)
            kind=file
            ;;
        *:-p | *:--profile)
            kind=profile
            ;;
        *:--base-url | *:--timeout | *:--connect-timeout | *:--retries | \
            grant:--min-valid | header:--min-valid | transcribe-url:--min-valid | \
            transcribe-file:--min-valid | grant:--var | transcribe-url:--keyterm | \
            transcribe-file:--keyterm | transcribe-url:--tag | transcribe-file:--tag | \
            transcribe-url:--callback | transcribe-file:--callback | transcribe-url:-j | \
            transcribe-url:--jobs | transcribe-file:-j | transcribe-file:--jobs | \
            transcribe-url:[0-9]*)
            kind=unknown
            ;;
        *:--region)
            kind=word
            choices='global eu au in'
            ;;
        grant:--ttl | header:--ttl | transcribe-url:--ttl | transcribe-file:--ttl)
            kind=word
            choices='30s 60s 5m 1h'
            ;;
        header:--auth | check:--auth)
            kind=word
            choices='grant key token'
            ;;
        transcribe-url:-m | transcribe-url:--model | transcribe-file:-m | \
            transcribe-file:--model)
            kind=word
            choices='nova-3 nova-2'
            ;;
        transcribe-url:-l | transcribe-url:--language | transcribe-file:-l | \
            transcribe-file:--language)
            kind=word
            choices='en de-CH'
            ;;
        transcribe-url:--param | transcribe-file:--param)
            kind=names
            choices='callback callback_method custom_intent custom_intent_mode custom_topic
                custom_topic_mode detect_entities detect_language diarize diarize_model dictation
                encoding extra filler_words intents keyterm keywords language measurements
                mip_opt_out model multichannel numerals paragraphs profanity_filter punctuate
                redact replace search sentiment smart_format summarize tag topics utt_split
                utterances version'
            ;;
        transcribe-url:--redact | transcribe-file:--redact)
            kind=word
            choices='pci pii numbers'
            ;;
        transcribe-url:--output-dir | transcribe-file:--output-dir)
            kind=directory
            ;;
        transcribe-url:--auth | transcribe-file:--auth)
            kind=word
            choices='grant key token none'
            ;;
        check:--probe | check:--expect | check:--expect-not)
            kind=list
            choices='grant listen speak read listen-ws speak-ws agent-ws manage'
            ;;
        cache:0)
            kind=word
            choices='clear'
            ;;
        completion:0)
            kind=word
            choices='bash zsh fish'
            ;;
        help:0)
            kind=word
            choices='grant header transcribe-url transcribe-file check config cache completion options
                exit-status environment configuration formats'
            ;;
    esac
}

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
