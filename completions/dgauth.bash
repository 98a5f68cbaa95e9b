# bash completion for dgauth. Works with and without the bash-completion package.
# tests/docs/check_docs.py compares what it offers with the program.

_dgauth_commands='grant header check cache transcribe-url transcribe-file help'

_dgauth_global_options='-c --config -p --profile --base-url --region --api-key-file
    -o --output --json -q --quiet -v --verbose --timeout --connect-timeout --retries
    --cacert --dry-run --no-color -h --help -V --version'
_dgauth_mint_options='--ttl --strict-ttl --cache --no-cache --min-valid'
_dgauth_grant_options="$_dgauth_mint_options --var --out"
_dgauth_header_options="$_dgauth_mint_options --auth --out"
_dgauth_check_options='--auth --probe --expect --expect-not --allow-unknown --no-mint --report'

_dgauth_transcribe_options="$_dgauth_mint_options --auth -m --model -l --language --param --smart-format --diarize
    --punctuate --paragraphs --utterances --detect-language --redact --keyterm --tag
    --callback --from-file -j --jobs --output-dir --resume"

_dgauth_grant_formats='token json header export fish dotenv curl github'
_dgauth_header_formats='header value curl ws ws-value json'
_dgauth_check_formats='text json junit tap github'
_dgauth_cache_formats='text'
_dgauth_transcribe_formats='text json srt vtt'

# What /v1/listen understands, for --param.
_dgauth_parameters='callback callback_method custom_intent custom_intent_mode custom_topic
    custom_topic_mode detect_entities detect_language diarize diarize_model dictation encoding
    extra filler_words intents keyterm keywords language measurements mip_opt_out model
    multichannel numerals paragraphs profanity_filter punctuate redact replace search sentiment
    smart_format summarize tag topics utt_split utterances version'

_dgauth_probes='grant listen speak read listen-ws speak-ws agent-ws manage'

# Does option $1 take a value, in the next word if it is not joined with "="?
_dgauth_takes_value() {
    case $1 in
        -c | --config | -p | --profile | --base-url | --region | --api-key-file | \
            -o | --output | --timeout | --connect-timeout | --retries | --cacert | \
            --ttl | --min-valid | --var | --out | --auth | --probe | --expect | --expect-not | --report | \
            -m | --model | -l | --language | --param | --redact | --keyterm | --tag | \
            --callback | --from-file | -j | --jobs | --output-dir)
            return 0
            ;;
    esac
    return 1
}

# The names in the [profiles.NAME] lines of the configuration; $1 is the file that
# --config names. Names that need quotes are left out: nothing here is to be evaluated.
_dgauth_profiles() {
    local folder=$HOME/.config file=${1:-${DGAUTH_CONFIG-}}
    if [[ ${XDG_CONFIG_HOME-} == /* ]]; then
        folder=$XDG_CONFIG_HOME
    fi
    file=${file:-$folder/dgauth/config.toml}
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

# The probes, behind those of the list $1 that are typed already.
_dgauth_offer_probes() {
    local before='' name
    if [[ $1 == *,* ]]; then
        before=${1%,*},
    fi
    local lists=''
    for name in $_dgauth_probes; do
        if [[ ,$before != *,$name,* ]]; then
            lists+="$before$name "
        fi
    done
    _dgauth_offer "$lists" "$1"
}

_dgauth_offer_files() {
    local name
    COMPREPLY=()
    while IFS= read -r name; do
        COMPREPLY+=("$name")
    done < <(compgen -f -- "$1")
    # Not in bash 3.2; there a folder's name is completed without its slash.
    compopt -o filenames 2>/dev/null
}

# $1 the beginning of NAME=VALUE; the value is for the user to write.
_dgauth_offer_parameters() {
    _dgauth_offer "$_dgauth_parameters" "$1"
    COMPREPLY=("${COMPREPLY[@]/%/=}")
    compopt -o nospace 2>/dev/null
}

# $1 option, $2 the beginning of its value, $3 command, $4 file of --config
_dgauth_offer_values() {
    case $1 in
        -c | --config | --api-key-file | --cacert | --out | --report | \
            --from-file | --output-dir)
            _dgauth_offer_files "$2"
            ;;
        -p | --profile)
            _dgauth_offer "$(_dgauth_profiles "$4")" "$2"
            ;;
        --region)
            _dgauth_offer 'global eu au in' "$2"
            ;;
        --auth)
            case $3 in
                transcribe-*) _dgauth_offer 'key grant token none' "$2" ;;
                *) _dgauth_offer 'grant key token' "$2" ;;
            esac
            ;;
        --param)
            _dgauth_offer_parameters "$2"
            ;;
        --redact)
            _dgauth_offer 'pci pii numbers' "$2"
            ;;
        --probe | --expect | --expect-not)
            _dgauth_offer_probes "$2"
            ;;
        -o | --output)
            case $3 in
                grant) _dgauth_offer "$_dgauth_grant_formats" "$2" ;;
                header) _dgauth_offer "$_dgauth_header_formats" "$2" ;;
                check) _dgauth_offer "$_dgauth_check_formats" "$2" ;;
                cache) _dgauth_offer "$_dgauth_cache_formats" "$2" ;;
                transcribe-*) _dgauth_offer "$_dgauth_transcribe_formats" "$2" ;;
                *)
                    _dgauth_offer "$_dgauth_grant_formats value ws ws-value text junit tap srt vtt" "$2"
                    ;;
            esac
            ;;
    esac
}

_dgauth() {
    # bash splits a line at "=" too: --region=eu is three words.
    local current=${COMP_WORDS[COMP_CWORD]} option='' command='' config='' word i
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
        elif _dgauth_takes_value "$word"; then
            option=$word
        elif [[ $word != -* && -z $command ]]; then
            command=$word
        fi
    done

    if [[ -n $option ]]; then
        if [[ $current == '=' ]]; then
            current=''
        fi
        _dgauth_offer_values "$option" "$current" "$command" "$config"
    elif [[ $current == -* ]]; then
        case $command in
            '') _dgauth_offer "$_dgauth_global_options" "$current" ;;
            grant) _dgauth_offer "$_dgauth_global_options $_dgauth_grant_options" "$current" ;;
            header) _dgauth_offer "$_dgauth_global_options $_dgauth_header_options" "$current" ;;
            check) _dgauth_offer "$_dgauth_global_options $_dgauth_check_options" "$current" ;;
            cache) _dgauth_offer "$_dgauth_global_options" "$current" ;;
            transcribe-*)
                _dgauth_offer "$_dgauth_global_options $_dgauth_transcribe_options" "$current"
                ;;
        esac
    elif [[ -z $command ]]; then
        _dgauth_offer "$_dgauth_commands" "$current"
    elif [[ $command == help && ${COMP_WORDS[COMP_CWORD - 1]} == help ]]; then
        _dgauth_offer 'grant header check cache transcribe-url transcribe-file' "$current"
    elif [[ $command == transcribe-file ]]; then
        _dgauth_offer_files "$current"
    elif [[ $command == cache && ${COMP_WORDS[COMP_CWORD - 1]} == cache ]]; then
        _dgauth_offer 'clear' "$current"
    fi
}

complete -F _dgauth dgauth
