# bash completion for dgauth, written by 'dgauth completion bash'.
# Works with and without the bash-completion package.

_dgauth_commands='grant header check cache transcribe-url transcribe-file config completion help'

# The options of command $1.
_dgauth_options() {
    case $1 in
        grant)
            echo '--ttl --strict-ttl --cache --no-cache --min-valid --var --out --force'
            ;;
        header)
            echo '--auth --ttl --strict-ttl --cache --no-cache --min-valid --out --force'
            ;;
        check)
            echo '--auth --probe --expect --expect-not --allow-unknown --no-mint --report'
            ;;
        transcribe-url)
            echo '--from-file -j --jobs --output-dir --resume --auth --ttl --strict-ttl --cache
                --no-cache --min-valid -m --model -l --language --param --smart-format --diarize
                --punctuate --paragraphs --utterances --detect-language --redact --keyterm --tag
                --callback'
            ;;
        transcribe-file)
            echo '--from-file -j --jobs --output-dir --resume --auth --ttl --strict-ttl --cache
                --no-cache --min-valid -m --model -l --language --param --smart-format --diarize
                --punctuate --paragraphs --utterances --detect-language --redact --keyterm --tag
                --callback'
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
        check:-o | check:--output)
            kind=word
            choices='text json junit tap github'
            ;;
        cache:-o | cache:--output | completion:-o | completion:--output)
            kind=word
            choices='text'
            ;;
        transcribe-url:-o | transcribe-url:--output | transcribe-file:-o | \
            transcribe-file:--output)
            kind=word
            choices='text json srt vtt'
            ;;
        config:-o | config:--output)
            kind=word
            choices='text json'
            ;;
        *:-o | *:--output)
            kind=word
            choices='token json header export fish dotenv curl github value ws ws-value text junit tap
                srt vtt'
            ;;
        *:-c | *:--config | *:--api-key-file | *:--cacert | grant:--out | header:--out | \
            check:--report | transcribe-url:--from-file | transcribe-file:--from-file | \
            transcribe-file:[0-9]*)
            kind=file
            ;;
        *:-p | *:--profile)
            kind=profile
            ;;
        *:--base-url | *:--timeout | *:--connect-timeout | *:--retries | grant:--ttl | \
            header:--ttl | transcribe-url:--ttl | transcribe-file:--ttl | grant:--min-valid | \
            header:--min-valid | transcribe-url:--min-valid | transcribe-file:--min-valid | \
            grant:--var | transcribe-url:-j | transcribe-url:--jobs | transcribe-file:-j | \
            transcribe-file:--jobs | transcribe-url:-m | transcribe-url:--model | \
            transcribe-file:-m | transcribe-file:--model | transcribe-url:-l | \
            transcribe-url:--language | transcribe-file:-l | transcribe-file:--language | \
            transcribe-url:--keyterm | transcribe-file:--keyterm | transcribe-url:--tag | \
            transcribe-file:--tag | transcribe-url:--callback | transcribe-file:--callback | \
            transcribe-url:[0-9]*)
            kind=unknown
            ;;
        *:--region)
            kind=word
            choices='global eu au in'
            ;;
        header:--auth | check:--auth)
            kind=word
            choices='grant key token'
            ;;
        check:--probe | check:--expect | check:--expect-not)
            kind=list
            choices='grant listen speak read listen-ws speak-ws agent-ws manage'
            ;;
        transcribe-url:--output-dir | transcribe-file:--output-dir)
            kind=directory
            ;;
        transcribe-url:--auth | transcribe-file:--auth)
            kind=word
            choices='grant key token none'
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
            choices='grant header check cache transcribe-url transcribe-file config completion'
            ;;
    esac
}

# The names in the [profiles.NAME] lines of the configuration; $1 is the file that --config names.
# Names that need quotes are left out: nothing here is to be evaluated.
_dgauth_profiles() {
    local directory=$HOME/.config file=${1:-${DGAUTH_CONFIG-}}
    if [[ ${XDG_CONFIG_HOME-} == /* ]]; then
        directory=$XDG_CONFIG_HOME
    fi
    file=${file:-$directory/dgauth/config.toml}
    if [[ -f $file && -r $file ]]; then
        sed -n 's/^[[:blank:]]*\[profiles\.\([A-Za-z0-9_-]\{1,\}\)\].*/\1/p' <"$file"
    fi
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
        profile) _dgauth_offer "$(_dgauth_profiles "$2")" "$1" ;;
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
