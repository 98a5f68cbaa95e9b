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
                    --auth -m --model -l --language --param --redact --keyterm --tag --callback \
                    --from-file -j --jobs --output-dir --probe --expect --expect-not --report
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

# The names in the [profiles.NAME] lines of the configuration. Names in quotes are left out where
# they have an escape, or what a shell would evaluate.
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
    and string replace -rf '^\s*\[\s*profiles\s*\.\s*(?|([A-Za-z0-9_-]+)|(?:["\'])([^"\'\\\\$`[:cntrl:]]+)["\'])\s*\].*' \
        '$1' <$file
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
complete -c dgauth -n '__dgauth_command_is ""' -a header -d 'Print an Authorization header or WebSocket subprotocol'
complete -c dgauth -n '__dgauth_command_is ""' -a transcribe-url -d 'Transcribe audio at URLs'
complete -c dgauth -n '__dgauth_command_is ""' -a transcribe-file -d 'Transcribe local files'
complete -c dgauth -n '__dgauth_command_is ""' -a check -d 'Check what an API key or token can do'
complete -c dgauth -n '__dgauth_command_is ""' -a config -d 'Show which configuration, key and server are used'
complete -c dgauth -n '__dgauth_command_is ""' -a cache -d 'Manage the token cache'
complete -c dgauth -n '__dgauth_command_is ""' -a completion -d 'Print a completion script for your shell'
complete -c dgauth -n '__dgauth_command_is ""' -a help -d 'Show the help of a command or on a topic'

# What every command takes
complete -c dgauth -s c -l config -d 'Configuration file' -r -F
complete -c dgauth -s p -l profile -d 'Profile to use' -x -a '(__dgauth_profiles)'
complete -c dgauth -l base-url -d 'API base URL (https; http only for localhost)' -x
complete -c dgauth -l region -d 'API region: global, eu, au or in' -x -a 'global\t"the usual host, api.deepgram.com" eu\t"the European Union, api.eu.deepgram.com" au\t"Australia, api.au.deepgram.com" in\t"India, api.in.deepgram.com"'
complete -c dgauth -l api-key-file -d 'Read the API key from FILE (- for stdin)' -r -F
complete -c dgauth -l json -d 'Same as -o json'
complete -c dgauth -s q -l quiet -d 'Print no warnings'
complete -c dgauth -s v -l verbose -d 'Show what is sent and received (never secrets)'
complete -c dgauth -l timeout -d 'Time limit (default 30s; 10m per transcription)' -x
complete -c dgauth -l connect-timeout -d 'Time limit for connecting (default 10s)' -x
complete -c dgauth -l retries -d 'Retries, where safe (default 2)' -x
complete -c dgauth -l cacert -d 'Trust the CAs in FILE instead of the system\'s' -r -F
complete -c dgauth -l dry-run -d 'Show what would be sent, but send nothing'
complete -c dgauth -l no-color -d 'Disable colour (also: NO_COLOR=1)'
complete -c dgauth -s h -l help -d 'Show help: -h in short, --help in full'
complete -c dgauth -s V -l version -d 'Show the version and exit'

# What -o takes
complete -c dgauth -n '__dgauth_command_is "" grant' -s o -l output -d 'Output format of the command' -x \
    -a 'token\t"the token alone, on a line" json\t"the token and when it expires, as JSON" header\t"an Authorization header" export\t"a line that sets a variable in sh, bash or zsh" fish\t"a line that sets a variable in fish" dotenv\t"a line for a .env file" curl\t"a header for curl -K -" github\t"a variable and an output for the steps of GitHub Actions"'
complete -c dgauth -n '__dgauth_command_is "" header' -s o -l output -d 'Output format of the command' -x \
    -a 'header\t"an Authorization header" value\t"the value of the Authorization header" curl\t"a header for curl -K -" ws\t"a Sec-WebSocket-Protocol header" ws-value\t"the value of the Sec-WebSocket-Protocol header" json\t"both headers as JSON"'
complete -c dgauth -n '__dgauth_command_is "" transcribe-url' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"the transcript" json\t"the response of the API as JSON" srt\t"SubRip captions" vtt\t"WebVTT captions"'
complete -c dgauth -n '__dgauth_command_is "" transcribe-file' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"the transcript" json\t"the response of the API as JSON" srt\t"SubRip captions" vtt\t"WebVTT captions"'
complete -c dgauth -n '__dgauth_command_is "" check' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"a table for people" json\t"the whole report as one line of JSON" junit\t"JUnit XML, for GitLab, Jenkins and others" tap\t"Test Anything Protocol" github\t"a job summary and annotations for GitHub Actions"'
complete -c dgauth -n '__dgauth_command_is "" config' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"a table for people" json\t"one line of JSON"'
complete -c dgauth -n '__dgauth_command_is "" cache' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"nothing is printed"'
complete -c dgauth -n '__dgauth_command_is "" completion' -s o -l output -d 'Output format of the command' -x \
    -a 'text\t"the script"'

# What some commands take
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l ttl -d 'Token lifetime, 1s to 1h (default: 30s)' -x -a '30s\t"30 seconds, the server\'s default" 60s\t"1 minute" 5m\t"5 minutes" 1h\t"1 hour, the longest"'
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l strict-ttl -d 'Exit 8 if the server grants another lifetime'
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l cache -d 'Reuse a cached token while it is valid'
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l no-cache -d 'Do not use the cache, even if the profile does'
complete -c dgauth -n '__dgauth_command_is grant header transcribe-url transcribe-file' -l min-valid -d 'Minimum remaining lifetime of a cached token' -x
complete -c dgauth -n '__dgauth_command_is grant' -l var -d 'Variable name for -o export, fish, dotenv, github' -x
complete -c dgauth -n '__dgauth_command_is grant header' -l out -d 'Write to FILE (mode 0600) instead of stdout' -r -F
complete -c dgauth -n '__dgauth_command_is grant header' -l force -d 'Let --out replace a file that dgauth did not write'
complete -c dgauth -n '__dgauth_command_is header' -l auth -d 'Credential: grant (default), key or token' -x -a 'grant\t"a new token, minted for this run" key\t"the API key itself" token\t"the token in DEEPGRAM_ACCESS_TOKEN"'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -s m -l model -d 'Model (default nova-3)' -x -a 'nova-3\t"the default" nova-2\t"the generation before"'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -s l -l language -d 'Language, for example en or de-CH' -x -a 'en\t"English" de-CH\t"German as in Switzerland"'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l param -d 'Any query parameter of /v1/listen' -x -a '(__dgauth_names callback\t"URL that the transcript is sent to" callback_method\t"POST or PUT: how it is sent" custom_intent\t"an intent to detect" custom_intent_mode\t"how custom intents are used: extended or strict" custom_topic\t"a topic to detect" custom_topic_mode\t"how custom topics are used: extended or strict" detect_entities\t"detect names, dates and so on" detect_language\t"detect the language" diarize\t"label speakers (deprecated: use diarize_model)" diarize_model\t"label speakers with this model: latest, v1 or v2" dictation\t"turn spoken punctuation into punctuation marks" encoding\t"encoding of the audio" extra\t"KEY:VALUE, returned in the response" filler_words\t"keep filler words like uh and um" intents\t"detect intents" keyterm\t"a word or phrase to boost" keywords\t"a word to boost, for older models" language\t"a tag like en or de-CH" measurements\t"abbreviate units of measurement" mip_opt_out\t"do not use the audio to improve models" model\t"nova-3 and others" multichannel\t"transcribe each channel separately" numerals\t"write numbers as digits" paragraphs\t"split the transcript into paragraphs" profanity_filter\t"remove profanity" punctuate\t"add punctuation" redact\t"remove pci, pii, numbers, ..." replace\t"OLD:NEW, a word to replace in the transcript" search\t"a word or phrase to find in the audio" sentiment\t"analyse the sentiment" smart_format\t"format dates, numbers and so on for reading" summarize\t"add a summary" tag\t"a label for usage reports" topics\t"detect topics" utt_split\t"seconds of silence that end an utterance" utterances\t"split the transcript at pauses" version\t"version of the model")'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l smart-format -d 'Format dates, numbers and so on for reading'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l diarize -d 'Label speakers'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l punctuate -d 'Add punctuation'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l paragraphs -d 'Split the transcript into paragraphs'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l utterances -d 'Split the transcript at pauses'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l detect-language -d 'Detect the language'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l redact -d 'Remove pci, pii, numbers, ...' -x -a 'pci\t"payment card numbers" pii\t"names, addresses and other personal data" numbers\t"numbers of three digits or more"'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l keyterm -d 'Word or phrase to boost' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l tag -d 'Label for usage reports' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l callback -d 'Have Deepgram send the transcript to URL' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l from-file -d 'Read more inputs from LIST, one per line' -r -F
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l null -d 'LIST is separated by NUL, not newline'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -s j -l jobs -d 'Parallel requests (default 4)' -x
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l output-dir -d 'Write each result to a file in DIR' -x -a '(__fish_complete_directories)'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l resume -d 'Skip inputs that already have a result'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l plain-names -d 'Name results talk.srt, without a digest'
complete -c dgauth -n '__dgauth_command_is transcribe-url transcribe-file' -l auth -d 'Credential: key (default), grant, token or none' -x -a 'grant\t"a new token, minted for this run" key\t"the API key itself" token\t"the token in DEEPGRAM_ACCESS_TOKEN" none\t"no credential, for a self-hosted server"'
complete -c dgauth -n '__dgauth_command_is check' -l auth -d 'Credential to test: key (default), grant or token' -x -a 'grant\t"a new token, minted for this run" key\t"the API key itself" token\t"the token in DEEPGRAM_ACCESS_TOKEN"'
complete -c dgauth -n '__dgauth_command_is check' -l probe -d 'Run only these probes (default: all)' -x -a '(__dgauth_list grant\t"mint temporary tokens" listen\t"transcribe" speak\t"synthesise speech" read\t"analyse text" listen-ws\t"transcribe a stream" speak-ws\t"synthesise a stream" agent-ws\t"talk to an agent" manage\t"list projects")'
complete -c dgauth -n '__dgauth_command_is check' -l expect -d 'These probes must pass' -x -a '(__dgauth_list grant\t"mint temporary tokens" listen\t"transcribe" speak\t"synthesise speech" read\t"analyse text" listen-ws\t"transcribe a stream" speak-ws\t"synthesise a stream" agent-ws\t"talk to an agent" manage\t"list projects")'
complete -c dgauth -n '__dgauth_command_is check' -l expect-not -d 'These probes must fail' -x -a '(__dgauth_list grant\t"mint temporary tokens" listen\t"transcribe" speak\t"synthesise speech" read\t"analyse text" listen-ws\t"transcribe a stream" speak-ws\t"synthesise a stream" agent-ws\t"talk to an agent" manage\t"list projects")'
complete -c dgauth -n '__dgauth_command_is check' -l allow-unknown -d 'Treat inconclusive results as met'
complete -c dgauth -n '__dgauth_command_is check' -l no-mint -d 'Skip the grant probe, which mints a 1 s token'
complete -c dgauth -n '__dgauth_command_is check' -l report -d 'Also write the report to FILE (.xml, .json, ...)' -r -F

# Arguments
complete -c dgauth -n '__dgauth_command_is transcribe-file' -F
complete -c dgauth -n '__dgauth_command_is cache; and __dgauth_lacks_argument clear' \
    -a 'clear\t"delete all cached tokens"'
complete -c dgauth -n '__dgauth_command_is completion; and __dgauth_lacks_argument bash zsh fish' \
    -a 'bash\t"for bash, with or without bash-completion" zsh\t"for zsh" fish\t"for fish"'
complete -c dgauth -n '__dgauth_command_is help; and __dgauth_lacks_argument grant header transcribe-url transcribe-file check config cache completion options exit-status environment configuration formats' \
    -a 'grant\t"Mint a temporary token" header\t"Print an Authorization header or WebSocket subprotocol" transcribe-url\t"Transcribe audio at URLs" transcribe-file\t"Transcribe local files" check\t"Check what an API key or token can do" config\t"Show which configuration, key and server are used" cache\t"Manage the token cache" completion\t"Print a completion script for your shell" options\t"global options, which every command takes" exit-status\t"what each exit status means, and what is worth retrying" environment\t"environment variables" configuration\t"the configuration file, its profiles and settings" formats\t"output formats of every command (-o)"'
