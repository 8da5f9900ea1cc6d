# shellcheck shell=bash
# How the scripts of bin/ speak: steps with their progress, one line for an error.
# On a terminal a step is one line that updates itself; in a log it says how far it is a few times.

STEP_LABEL=
STEP_SHOWN=-100

if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then SAY_TTY=1; else SAY_TTY=; fi

# step "[2/4] Building": begins a step.
step() {
  STEP_LABEL=$1
  STEP_SHOWN=-100
  if [ -n "$SAY_TTY" ]; then printf '\r\033[K%s …' "$STEP_LABEL"; else printf '%s …\n' "$STEP_LABEL"; fi
}

# progress 35 [detail]: the step is 35 % done. In a log every tenth per cent is told.
progress() {
  local percent=$1 detail=${2:-}
  if [ -n "$SAY_TTY" ]; then
    printf '\r\033[K%s: %d %%%.60s' "$STEP_LABEL" "$percent" "${detail:+  $detail}"
  elif [ $((percent - STEP_SHOWN)) -ge 10 ]; then
    printf '%s: %d %%\n' "$STEP_LABEL" "$percent"
    STEP_SHOWN=$percent
  fi
}

# step_done [note]: ends the step.
step_done() {
  if [ -n "$SAY_TTY" ]; then printf '\r\033[K'; fi
  printf '%s: done%s\n' "$STEP_LABEL" "${1:+ ($1)}"
}

# fail "what went wrong and what to do": one line, then the end.
fail() {
  if [ -n "$SAY_TTY" ]; then printf '\r\033[K'; fi
  printf 'error: %s\n' "$1" >&2
  exit "${2:-1}"
}

# The seconds since $1, as "2 min 5 s".
elapsed() {
  local seconds=$(($(date +%s) - $1))
  if [ $seconds -ge 60 ]; then printf '%d min %d s' $((seconds / 60)) $((seconds % 60)); else printf '%d s' $seconds; fi
}
