# fish completion for dgauth, written by 'dgauth completion fish'.

# The command on the line, or an empty line; "--" once that has been typed.
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
            case -c --config -p --profile --base-url --region --api-key-file -o --output \
                    --timeout --connect-timeout --retries --cacert --ttl --min-valid --var --out \
                    --auth --probe --expect --expect-not --report --from-file -j --jobs \
                    --output-dir -m --model -l --language --param --redact --keyterm --tag \
                    --callback
                set value_follows yes
            case '-*'
            case '*'
                set -q command[1]; or set command $word
        end
    end
    echo $command
end

function __dgauth_command_is
    set -l command (__dgauth_command)
    contains -- "$command" $argv
end

# Whether the first argument of the command is still to be written.
function __dgauth_lacks_argument
    not __fish_seen_subcommand_from $argv
end

# The names in the [profiles.NAME] lines of the configuration. Names that need quotes are left out.
function __dgauth_profiles
    set -l directory $HOME/.config
    string match -q '/*' -- "$XDG_CONFIG_HOME"; and set directory $XDG_CONFIG_HOME
    set -l file $directory/dgauth/config.toml
    test -n "$DGAUTH_CONFIG"; and set file $DGAUTH_CONFIG

    set -l words (commandline -opc)
    for i in (seq 2 (count $words))
        switch $words[$i]
            case -c --config
                set -q words[(math $i + 1)]; and set file $words[(math $i + 1)]
            case '--config=*'
                set file (string replace -- --config= '' $words[$i])
            case '-c*'
                set file (string replace -- -c '' $words[$i])
        end
    end
    set file (string replace -r -- '^~/' "$HOME/" $file)
    test -f "$file" -a -r "$file"
    and string replace -rf '^\s*\[profiles\.([A-Za-z0-9_-]+)\].*' '$1' <$file
end

# The words of $argv, behind those of a list with commas that are typed already.
function __dgauth_list
    set -l current (commandline -ct | string replace -r -- '^--[a-z-]+=' '')
    set -l before (string match -r -- '.*,' "$current")
    for word in $argv
        set -l parts (string split \t -- $word)
        contains -- $parts[1] (string split , -- "$before"); or echo "$before$word"
    end
end

# What may stand before the "=" of NAME=VALUE; the value is for the user to write.
function __dgauth_names
    string replace -r '(\t|$)' '=$1' -- $argv
end

complete -c dgauth -f

complete -c dgauth -n '__dgauth_command_is ""' -a grant -d 'Mint a temporary token'
complete -c dgauth -n '__dgauth_command_is ""' -a header -d 'Print the header that authenticates a client'
complete -c dgauth -n '__dgauth_command_is ""' -a check -d 'Find out what a credential may do'
complete -c dgauth -n '__dgauth_command_is ""' -a cache -d 'Forget cached tokens'
complete -c dgauth -n '__dgauth_command_is ""' -a transcribe-url -d 'Transcribe what URLs name'
complete -c dgauth -n '__dgauth_command_is ""' -a transcribe-file -d 'Transcribe files of this machine'
complete -c dgauth -n '__dgauth_command_is ""' -a config -d 'Show what is configured, and which key would be used'
complete -c dgauth -n '__dgauth_command_is ""' -a completion -d 'Print a completion script'
complete -c dgauth -n '__dgauth_command_is ""' -a help -d 'Show the help of a command'

# What every command takes
complete -c dgauth -s c -l config -d 'Configuration file' -r -F
complete -c dgauth -s p -l profile -d 'Profile of the configuration' -x -a '(__dgauth_profiles)'
complete -c dgauth -l base-url -d 'API base; https, or http to loopback' -x
complete -c dgauth -l region -d 'global, eu, au or in' -x -a 'global\t"the usual host" eu\t"European Union" au\t"Australia" in\t"India"'
complete -c dgauth -l api-key-file -d 'Read the API key here; - is stdin' -r -F
complete -c dgauth -l json -d 'Same as -o json'
complete -c dgauth -s q -l quiet -d 'No warnings'
complete -c dgauth -s v -l verbose -d 'Trace on stderr, without secrets'
complete -c dgauth -l timeout -d 'In all (30s; a transcription 10m)' -x
complete -c dgauth -l connect-timeout -d 'Connecting (10s)' -x
complete -c dgauth -l retries -d 'Further tries where safe (2)' -x
complete -c dgauth -l cacert -d 'Trust this CA file, not the system\'s' -r -F
complete -c dgauth -l dry-run -d 'Show what would be sent, send nothing'
complete -c dgauth -l no-color -d 'No colour; also NO_COLOR'
complete -c dgauth -s h -l help -d 'Show help and exit'
complete -c dgauth -s V -l version -d 'Show version and exit'

# What -o takes
complete -c dgauth -n '__dgauth_command_is "" grant' -s o -l output -d 'Output format of the command' -x \
    -a 'token\t"the token alone" json\t"the token and what is known of it" header\t"an Authorization header" export\t"an export line for sh" fish\t"a set line for fish" dotenv\t"a line of a .env file" curl\t"a line for curl -K" github\t"for later steps of GitHub Actions"'
complete -c dgauth -n '__dgauth_command_is "" header' -s o -l output -d 'Output format of the command' -x \
    -a 'header\t"the whole Authorization header" value\t"its value" curl\t"a line for curl -K" ws\t"the header of a WebSocket subprotocol" ws-value\t"the subprotocol alone" json\t"both headers as JSON"'
complete -c dgauth -n '__dgauth_command_is "" check' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"a table" json\t"everything as JSON" junit\t"JUnit XML" tap\t"Test Anything Protocol" github\t"a job summary and annotations"'
complete -c dgauth -n '__dgauth_command_is "" cache' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"nothing, or an error as text"'
complete -c dgauth -n '__dgauth_command_is "" transcribe-url' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"the transcript alone" json\t"the reply of the service" srt\t"SubRip captions" vtt\t"WebVTT captions"'
complete -c dgauth -n '__dgauth_command_is "" transcribe-file' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"the transcript alone" json\t"the reply of the service" srt\t"SubRip captions" vtt\t"WebVTT captions"'
complete -c dgauth -n '__dgauth_command_is "" config' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"a table for people" json\t"one line of JSON"'
complete -c dgauth -n '__dgauth_command_is "" completion' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"the script"'

# What some commands take
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l ttl -d 'Life of the token, 1s to 1h' -x
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l strict-ttl -d 'Fail (8) if the server grants another'
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l cache -d 'Reuse a token that still lives'
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l no-cache -d 'Always mint, whatever the profile says'
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l min-valid -d 'Least life of a cached token' -x
complete -c dgauth -n '__dgauth_command_is grant' -l var -d 'Variable for export, fish, dotenv, github' -x
complete -c dgauth -n '__dgauth_command_is grant header' -l out -d 'Write to this file (mode 0600), not stdout' -r -F
complete -c dgauth -n '__dgauth_command_is grant header' -l force -d 'Replace FILE whatever it holds'
complete -c dgauth -n '__dgauth_command_is header' -l auth -d 'Credential: grant (default), key or token' -x -a 'grant\t"a token minted for this run" key\t"the API key" token\t"the token in DEEPGRAM_ACCESS_TOKEN"'
complete -c dgauth -n '__dgauth_command_is check' -l auth -d 'Credential: key (default), grant or token' -x -a 'grant\t"a token minted for this run" key\t"the API key" token\t"the token in DEEPGRAM_ACCESS_TOKEN"'
complete -c dgauth -n '__dgauth_command_is check' -l probe -d 'Probe only these (all)' -x -a '(__dgauth_list grant\t"mint temporary tokens" listen\t"transcribe" speak\t"synthesise speech" read\t"analyse text" listen-ws\t"transcribe a stream" speak-ws\t"synthesise a stream" agent-ws\t"talk to an agent" manage\t"list projects")'
complete -c dgauth -n '__dgauth_command_is check' -l expect -d 'These must pass' -x -a '(__dgauth_list grant\t"mint temporary tokens" listen\t"transcribe" speak\t"synthesise speech" read\t"analyse text" listen-ws\t"transcribe a stream" speak-ws\t"synthesise a stream" agent-ws\t"talk to an agent" manage\t"list projects")'
complete -c dgauth -n '__dgauth_command_is check' -l expect-not -d 'These must fail' -x -a '(__dgauth_list grant\t"mint temporary tokens" listen\t"transcribe" speak\t"synthesise speech" read\t"analyse text" listen-ws\t"transcribe a stream" speak-ws\t"synthesise a stream" agent-ws\t"talk to an agent" manage\t"list projects")'
complete -c dgauth -n '__dgauth_command_is check' -l allow-unknown -d 'What is undecided counts as met'
complete -c dgauth -n '__dgauth_command_is check' -l no-mint -d 'Leave out the probe that mints'
complete -c dgauth -n '__dgauth_command_is check' -l report -d 'Another copy here, in the format of its ending' -r -F
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l from-file -d 'More of them, one a line; - is stdin' -r -F
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -s j -l jobs -d 'How many at a time (4)' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l output-dir -d 'Write each result to a file there' -x -a '(__fish_complete_directories)'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l resume -d 'Skip inputs whose file is there'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l auth -d 'key (default), grant, token or none' -x -a 'grant\t"a token minted for this run" key\t"the API key" token\t"the token in DEEPGRAM_ACCESS_TOKEN" none\t"no credential"'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -s m -l model -d 'Model (nova-3)' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -s l -l language -d 'Language, like en or de-CH' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l param -d 'Any parameter of /v1/listen' -x -a '(__dgauth_names callback\t"where the transcript is sent" callback_method\t"POST or PUT" custom_intent\t"an intent to look for" custom_intent_mode\t"how intents are told: extended or strict" custom_topic\t"a topic to look for" custom_topic_mode\t"how topics are told: extended or strict" detect_entities\t"find names, dates and the like" detect_language\t"find out the language" diarize\t"tell speakers apart" diarize_model\t"which model tells speakers apart" dictation\t"turn spoken punctuation into marks" encoding\t"how the audio is encoded" extra\t"KEY:VALUE, repeated in the reply" filler_words\t"keep words like uh and um" intents\t"recognise what speakers want" keyterm\t"a term to listen for" keywords\t"words to weigh, of older models" language\t"a tag like en or de-CH" measurements\t"write units in short" mip_opt_out\t"keep out of model improvement" model\t"nova-3 and others" multichannel\t"transcribe each channel" numerals\t"write numbers as digits" paragraphs\t"split into paragraphs" profanity_filter\t"leave out profanity" punctuate\t"add punctuation" redact\t"leave out pci, pii, numbers" replace\t"OLD:NEW, in the transcript" search\t"words to find" sentiment\t"judge the sentiment" smart_format\t"format dates and numbers" summarize\t"add a summary" tag\t"a label for usage reports" topics\t"recognise topics" utt_split\t"seconds of silence between utterances" utterances\t"split at silences" version\t"version of the model")'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l smart-format -d 'Format dates, numbers and the like'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l diarize -d 'Tell speakers apart'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l punctuate -d 'Add punctuation'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l paragraphs -d 'Split the text into paragraphs'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l utterances -d 'Split the speech at silences'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l detect-language -d 'Find out the language'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l redact -d 'Leave out pci, pii, numbers, ...' -x -a 'pci\t"numbers of payment cards" pii\t"names, addresses and the like" numbers\t"three digits and more"'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l keyterm -d 'A word to listen for' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l tag -d 'Label for usage reports' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l callback -d 'Where Deepgram sends the transcript' -x

# Arguments
complete -c dgauth -n '__dgauth_command_is cache; and __dgauth_lacks_argument clear' \
    -a 'clear\t"forget all cached tokens"'
complete -c dgauth -n '__dgauth_command_is transcribe-file' -F
complete -c dgauth -n '__dgauth_command_is completion; and __dgauth_lacks_argument bash zsh fish' \
    -a 'bash\t"for bash, with or without bash-completion" zsh\t"for zsh" fish\t"for fish"'
complete -c dgauth -n '__dgauth_command_is help; and __dgauth_lacks_argument grant header check cache transcribe-url transcribe-file config completion' \
    -a 'grant\t"Mint a temporary token" header\t"Print the header that authenticates a client" check\t"Find out what a credential may do" cache\t"Forget cached tokens" transcribe-url\t"Transcribe what URLs name" transcribe-file\t"Transcribe files of this machine" config\t"Show what is configured, and which key would be used" completion\t"Print a completion script"'
