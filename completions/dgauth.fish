# fish completion for dgauth.
# tests/docs/check_docs.py compares what it offers with the program.

# The command on the line, or nothing; "--" once that has been typed.
function __dgauth_command
    set -l words (commandline -opc)
    set -l value_follows no
    set -l command
    for word in $words[2..-1]
        if test $value_follows = yes
            set value_follows no
            continue
        end
        switch $word
            case --
                echo -- --
                return
            case -c --config -p --profile --base-url --region --api-key-file \
                    -o --output --timeout --connect-timeout --retries --cacert \
                    --ttl --min-valid --var --out --auth --probe --expect --expect-not --report \
                    -m --model -l --language --param --redact --keyterm --tag --callback \
                    --from-file -j --jobs --output-dir
                set value_follows yes
            case '-*'
            case '*'
                set -q command[1]; or set command $word
        end
    end
    echo $command
end

function __dgauth_transcribes
    __dgauth_command_is transcribe-url transcribe-file
end

function __dgauth_has_topic
    __fish_seen_subcommand_from grant header check cache transcribe-url transcribe-file
end

function __dgauth_command_is
    set -l command (__dgauth_command)
    contains -- "$command" $argv
end

# The names in the [profiles.NAME] lines of the configuration. Names that need quotes
# are left out.
function __dgauth_profiles
    set -l folder $HOME/.config
    string match -q '/*' -- "$XDG_CONFIG_HOME"; and set folder $XDG_CONFIG_HOME
    set -l file $folder/dgauth/config.toml
    test -n "$DGAUTH_CONFIG"; and set file $DGAUTH_CONFIG

    set -l words (commandline -opc)
    for i in (seq 2 (count $words))
        switch $words[$i]
            case -c --config
                set -q words[(math $i + 1)]; and set file $words[(math $i + 1)]
            case '--config=*'
                set file (string replace -- --config= '' $words[$i])
        end
    end
    set file (string replace -r -- '^~/' "$HOME/" $file)
    test -f "$file" -a -r "$file"
    and string replace -rf '^\s*\[profiles\.([A-Za-z0-9_-]+)\].*' '$1' <$file
end

# The probes, behind those of a list with commas that are typed already.
function __dgauth_probes
    set -l current (commandline -ct | string replace -r -- '^--[a-z-]+=' '')
    set -l before (string match -r -- '.*,' "$current")
    for name in grant listen speak read listen-ws speak-ws agent-ws manage
        contains -- $name (string split , -- "$before"); or echo "$before$name"
    end
end

complete -c dgauth -f

complete -c dgauth -n '__dgauth_command_is ""' -a grant -d 'Mint a temporary token'
complete -c dgauth -n '__dgauth_command_is ""' -a header -d 'Print what authenticates a client'
complete -c dgauth -n '__dgauth_command_is ""' -a check -d 'Find out what a credential may do'
complete -c dgauth -n '__dgauth_command_is ""' -a cache -d 'Forget cached tokens'
complete -c dgauth -n '__dgauth_command_is ""' -a transcribe-url -d 'Transcribe what URLs name'
complete -c dgauth -n '__dgauth_command_is ""' -a transcribe-file -d 'Transcribe files'
complete -c dgauth -n '__dgauth_command_is ""' -a help -d 'Show the help of a command'
complete -c dgauth -n '__dgauth_command_is help; and not __dgauth_has_topic' \
    -a 'grant header check cache transcribe-url transcribe-file'
complete -c dgauth -n '__dgauth_command_is cache; and not __fish_seen_subcommand_from clear' -a clear \
    -d 'Forget all cached tokens'

# What every command takes
complete -c dgauth -s c -l config -r -F -d 'Configuration file'
complete -c dgauth -s p -l profile -x -a '(__dgauth_profiles)' -d 'Profile of the configuration'
complete -c dgauth -l base-url -x -d 'Base URL of the API'
complete -c dgauth -l region -x -a 'global eu au in' -d 'Regional host'
complete -c dgauth -l api-key-file -r -F -d 'File with the API key, - is stdin'
complete -c dgauth -s o -l output -x -d 'Output format'
complete -c dgauth -l json -d 'The same as -o json'
complete -c dgauth -s q -l quiet -d 'No warnings'
complete -c dgauth -s v -l verbose -d 'Redacted trace on standard error'
complete -c dgauth -l timeout -x -d 'Limit for the whole operation'
complete -c dgauth -l connect-timeout -x -d 'Limit for connecting'
complete -c dgauth -l retries -x -d 'Further tries'
complete -c dgauth -l cacert -r -F -d 'File of certificates to trust'
complete -c dgauth -l dry-run -d 'Show what would be sent'
complete -c dgauth -l no-color -d 'No colours'
complete -c dgauth -s h -l help -d 'Show help'
complete -c dgauth -s V -l version -d 'Show versions'

complete -c dgauth -n '__dgauth_command_is "" grant' -s o -l output -x \
    -a 'token json header export fish dotenv curl github'
complete -c dgauth -n '__dgauth_command_is "" header' -s o -l output -x \
    -a 'header value curl ws ws-value json'
complete -c dgauth -n '__dgauth_command_is "" check' -s o -l output -x \
    -a 'text json junit tap github'
complete -c dgauth -n '__dgauth_command_is "" cache' -s o -l output -x -a text

complete -c dgauth -n '__dgauth_command_is "" transcribe-url transcribe-file' -s o -l output -x \
    -a 'text json srt vtt'

complete -c dgauth -n '__dgauth_command_is grant' -l ttl -x -d 'Lifetime to ask for'
complete -c dgauth -n '__dgauth_command_is grant' -l strict-ttl -d 'Fail on another lifetime'
complete -c dgauth -n '__dgauth_command_is grant' -l cache -d 'Reuse a token that still lives'
complete -c dgauth -n '__dgauth_command_is grant' -l no-cache -d 'Always mint'
complete -c dgauth -n '__dgauth_command_is grant' -l min-valid -x -d 'Least life of a cached token'
complete -c dgauth -n '__dgauth_command_is grant' -l var -x -d 'Variable name'
complete -c dgauth -n '__dgauth_command_is grant' -l out -r -F -d 'Write to this file'

complete -c dgauth -n '__dgauth_command_is header' -l auth -x -a 'grant key token' \
    -d 'Which credential'
complete -c dgauth -n '__dgauth_command_is header' -l ttl -x -d 'Lifetime to ask for'
complete -c dgauth -n '__dgauth_command_is header' -l strict-ttl -d 'Fail on another lifetime'
complete -c dgauth -n '__dgauth_command_is header' -l cache -d 'Reuse a token that still lives'
complete -c dgauth -n '__dgauth_command_is header' -l no-cache -d 'Always mint'
complete -c dgauth -n '__dgauth_command_is header' -l min-valid -x -d 'Least life of a cached token'
complete -c dgauth -n '__dgauth_command_is header' -l out -r -F -d 'Write to this file'

complete -c dgauth -n '__dgauth_command_is check' -l auth -x -a 'grant key token' \
    -d 'Whose rights'
complete -c dgauth -n '__dgauth_command_is check' -l probe -x -a '(__dgauth_probes)' \
    -d 'Only these probes'
complete -c dgauth -n '__dgauth_command_is check' -l expect -x -a '(__dgauth_probes)' \
    -d 'These must pass'
complete -c dgauth -n '__dgauth_command_is check' -l expect-not -x -a '(__dgauth_probes)' \
    -d 'These must fail'
complete -c dgauth -n '__dgauth_command_is check' -l allow-unknown -d 'Undecided counts as met'
complete -c dgauth -n '__dgauth_command_is check' -l no-mint -d 'Leave out the probe that mints'
complete -c dgauth -n '__dgauth_command_is check' -l report -r -F -d 'Write the report here too'

# What /v1/listen understands; the value behind NAME= is for the user to write.
function __dgauth_parameters
    printf '%s=\n' callback callback_method custom_intent custom_intent_mode custom_topic \
        custom_topic_mode detect_entities detect_language diarize diarize_model dictation encoding \
        extra filler_words intents keyterm keywords language measurements mip_opt_out model \
        multichannel numerals paragraphs profanity_filter punctuate redact replace search sentiment \
        smart_format summarize tag topics utt_split utterances version
end

complete -c dgauth -n '__dgauth_command_is transcribe-file' -F
complete -c dgauth -n __dgauth_transcribes -l auth -x \
    -a 'key grant token none' -d 'Which credential'
complete -c dgauth -n __dgauth_transcribes -l ttl -x -d 'Lifetime to ask for'
complete -c dgauth -n __dgauth_transcribes -l strict-ttl -d 'Fail on another lifetime'
complete -c dgauth -n __dgauth_transcribes -l cache -d 'Reuse a token that still lives'
complete -c dgauth -n __dgauth_transcribes -l no-cache -d 'Always mint'
complete -c dgauth -n __dgauth_transcribes -l min-valid -x -d 'Least life of a cached token'
complete -c dgauth -n __dgauth_transcribes -s m -l model -x -d Model
complete -c dgauth -n __dgauth_transcribes -s l -l language -x -d Language
complete -c dgauth -n __dgauth_transcribes -l param -x \
    -a '(__dgauth_parameters)' -d 'Parameter of the API'
complete -c dgauth -n __dgauth_transcribes -l smart-format -d 'Format dates and numbers'
complete -c dgauth -n __dgauth_transcribes -l diarize -d 'Tell speakers apart'
complete -c dgauth -n __dgauth_transcribes -l punctuate -d 'Add punctuation'
complete -c dgauth -n __dgauth_transcribes -l paragraphs -d 'Split into paragraphs'
complete -c dgauth -n __dgauth_transcribes -l utterances -d 'Split at silences'
complete -c dgauth -n __dgauth_transcribes -l detect-language -d 'Find out the language'
complete -c dgauth -n __dgauth_transcribes -l redact -x -a 'pci pii numbers' -d 'Leave out'
complete -c dgauth -n __dgauth_transcribes -l keyterm -x -d 'A word to listen for'
complete -c dgauth -n __dgauth_transcribes -l tag -x -d 'Label for usage reports'
complete -c dgauth -n __dgauth_transcribes -l callback -x -d 'Where the transcript is sent'
complete -c dgauth -n __dgauth_transcribes -l from-file -r -F -d 'List of more inputs'
complete -c dgauth -n __dgauth_transcribes -s j -l jobs -x -d 'How many at a time'
complete -c dgauth -n __dgauth_transcribes -l output-dir -x -a '(__fish_complete_directories)' \
    -d 'Folder for the results'
complete -c dgauth -n __dgauth_transcribes -l resume -d 'Skip what is there'
