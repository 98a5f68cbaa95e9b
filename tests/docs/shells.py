"""Asks the three completion scripts, each in its real shell, what they would offer."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

TIME_LIMIT = 30.0  # seconds; a cold zsh with compinit needs about one


class ShellFailed(Exception):
    """The shell did not answer, or the script did not load."""


def is_installed(shell: str) -> bool:
    return shutil.which(shell) is not None


def _environment(extra: dict[str, str] | None) -> dict[str, str]:
    """What a completion needs of the environment, and nothing of the caller's set-up."""
    plain = {"HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    return plain | {"PATH": os.environ["PATH"]} | (extra or {})


def _run(argv: list[str], extra: dict[str, str] | None, folder: Path | None) -> str:
    done = subprocess.run(
        argv,
        env=_environment(extra),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    if done.returncode != 0 or done.stderr:
        raise ShellFailed(f"{argv[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


BASH_ASK = r"""
if [[ -n $PACKAGE ]]; then source "$PACKAGE"; fi
set -u
source "$1" || exit 3
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
name=$(complete -p dgauth) || exit 4
name=${name##*-F } && name=${name%% *}
"$name" dgauth "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
"""


def bash_offers(
    script: Path,
    words: list[str],
    extra: dict[str, str] | None = None,
    folder: Path | None = None,
    package: str = "",
) -> list[str]:
    """words: the line as bash splits it, "dgauth" first, the word to complete last.

    package: a bash-completion to load first, or nothing to do without.
    """
    argv = ["bash", "--noprofile", "--norc", "-c", BASH_ASK, "bash", str(script), *words]
    return _run(argv, {"PACKAGE": package} | (extra or {}), folder).splitlines()


def fish_offers(
    script: Path,
    words: list[str],
    extra: dict[str, str] | None = None,
    folder: Path | None = None,
) -> list[str]:
    return [line.split("\t")[0] for line in fish_lines(script, words, extra, folder)]


def fish_lines(
    script: Path,
    words: list[str],
    extra: dict[str, str] | None = None,
    folder: Path | None = None,
) -> list[str]:
    """Each offer with its description behind a tab, if it has one."""
    with tempfile.TemporaryDirectory(prefix="dgauth-fish-") as home:
        ask = "source $argv[1]; or exit 3; complete --do-complete $argv[2]"
        argv = ["fish", "--no-config", "-c", ask, str(script), " ".join(words)]
        return _run(argv, {"HOME": home} | (extra or {}), folder).splitlines()


# The line is put into the line editor and completed there, as a key press would. compadd,
# through which every match goes, is replaced by a function that also writes them down, and what is
# shown for them.
ZSH_ASK = r"""
PS1= PS2= RPS1=
unsetopt beep zle_bracketed_paste 2>/dev/null
autoload -Uz compinit && compinit -C -d "$DUMP"
# Found and loaded by the file's own name, as an installed completion is.
fpath=("$FOLDER" $fpath)
autoload +X -Uz _dgauth || exit 1
compdef _dgauth dgauth
compadd() {
    if (( ${argv[(I)-[AOD]*]} == 0 )); then
        local -a matches
        builtin compadd -A matches "$@"
        (( $#matches == 0 )) || print -rl -- $matches >> $ANSWER
        local shown=${argv[${argv[(I)-*d]}+1]}
        (( ${argv[(I)-*d]} == 0 )) || print -rl -- ${(P)shown} >> $SHOWN
    fi
    builtin compadd "$@"
}
# A list that is longer than the terminal would have zsh ask whether to show it.
show_nothing() {
    compstate[list]='' compstate[insert]=''
}
comppostfuncs=(show_nothing)
ask() {
    BUFFER=$LINE CURSOR=$#LINE
    zle complete-word
    print -r -- "end of answer" >> $ANSWER
    exit 0
}
zle -C complete-word complete-word _main_complete
zle -N zle-line-init ask
"""


@cache
def _zsh_folder() -> tempfile.TemporaryDirectory:
    """Where zsh remembers, from one question to the next, which completions it has."""
    return tempfile.TemporaryDirectory(prefix="dgauth-zsh-")


def zsh_offers(
    script: Path,
    words: list[str],
    extra: dict[str, str] | None = None,
    folder: Path | None = None,
) -> list[str]:
    return _ask_zsh(script, words, extra, folder)[0]


def zsh_lines(
    script: Path,
    words: list[str],
    extra: dict[str, str] | None = None,
    folder: Path | None = None,
) -> list[str]:
    """What is shown for the offers: "name  -- description"."""
    return _ask_zsh(script, words, extra, folder)[1]


def _ask_zsh(
    script: Path, words: list[str], extra: dict[str, str] | None, folder: Path | None
) -> tuple[list[str], list[str]]:
    """The offers, and what is shown for them."""
    with tempfile.TemporaryDirectory(prefix="dgauth-zsh-") as home:
        answer, shown = Path(home, "answer"), Path(home, "shown")
        Path(home, ".zshrc").write_text(ZSH_ASK, encoding="utf-8")
        environment = _environment(
            {
                "HOME": home,
                "ZDOTDIR": home,
                "FOLDER": str(script.parent.resolve()),
                "ANSWER": str(answer),
                "SHOWN": str(shown),
                "DUMP": f"{_zsh_folder().name}/zcompdump",
                "LINE": " ".join(words),
            }
            | (extra or {})
        )
        _run_on_terminal(["zsh", "-d", "-i"], environment, folder)
        lines, shown_lines = (
            file.read_text(encoding="utf-8").splitlines() if file.exists() else []
            for file in (answer, shown)
        )
    if not lines or lines.pop() != "end of answer":
        raise ShellFailed("zsh did not come to the end of the completion")
    return list(dict.fromkeys(lines)), list(dict.fromkeys(shown_lines))


def _run_on_terminal(argv: list[str], environment: dict[str, str], folder: Path | None) -> None:
    """Runs the program on a terminal of its own until it ends; what it shows is dropped."""
    pid, terminal = pty.fork()
    if pid == 0:
        try:
            os.chdir(folder or "/")
            os.execvpe(argv[0], argv, environment)
        finally:
            os._exit(127)
    deadline = time.monotonic() + TIME_LIMIT
    try:
        while (left := deadline - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0] and not os.read(terminal, 65536):
                break
        else:
            os.kill(pid, signal.SIGKILL)
            raise ShellFailed(f"{argv[0]} did not end within {TIME_LIMIT:.0f} s")
    except OSError:
        pass  # Linux says EIO when the program has closed its side
    finally:
        os.close(terminal)
        os.waitpid(pid, 0)
