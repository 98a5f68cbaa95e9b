# shellcheck shell=bash
# To be sourced. phase <what it does> <command>...: one line while all goes well; the command's own output, and the end
# of the script, if it fails.

phase() {
  local what=$1 log
  shift
  log=$(mktemp)
  printf '%s\n' "$what"
  if ! "$@" > "$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    printf '%s: failed: %s\n' "$0" "$what" >&2
    exit 1
  fi
  rm -f "$log"
}
