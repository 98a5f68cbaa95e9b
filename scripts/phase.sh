# shellcheck shell=bash
# To be sourced. phase <what it does> <command>...: one line, with the seconds it took, while all goes well; the command's
# own output, and the end of the script, if it fails.

phase() {
  local what=$1 log start=$SECONDS status
  shift
  log=$(mktemp)
  printf '%s' "$what"
  # Not as part of a condition: there a function would not stop at its first failure.
  set +e
  (
    set -e
    "$@"
  ) > "$log" 2>&1
  status=$?
  set -e
  printf ': %d s\n' "$((SECONDS - start))"
  if ((status != 0)); then
    cat "$log" >&2
    rm -f "$log"
    printf '%s: failed: %s\n' "$0" "$what" >&2
    exit 1
  fi
  rm -f "$log"
}
