# shellcheck shell=bash
# Builds a preset with progress, and knows without asking Ninja when there is nothing to build.

# Everything that a build depends on, with its time and size: changes when a file is edited, added, renamed or removed.
build_inputs() {
  (cd "$ROOT" && {
    find CMakeLists.txt CMakePresets.json cmake src tools migrations locale frontend tests/fuzz bin/packages.txt \
      \( -name node_modules -o -name '.*.sw?' \) -prune -o -type f -printf '%p %T@ %s\n' 2>/dev/null | LC_ALL=C sort
    stat -L -c '%n %Y %s' "$(command -v clang++-19)" 2>/dev/null
  }) | sha1sum | cut -d' ' -f1
}

# As many compilers at once as there are cores and memory for (about 1.2 GB each).
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable/ { print int($2 / 1200000) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}

# Says why a build failed: what Ninja printed for the first failure, or one line where the cause is outside the code.
explain_build() {
  local log=$1
  if grep -q 'No space left on device' "$log"; then
    fail "the disk is full: free some space and start again (details: $log)"
  elif grep -qE 'npm (ERR!|error)' "$log" && grep -qE 'ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|network' "$log"; then
    fail "no network: the npm packages of the front end cannot be fetched (details: $log)"
  elif grep -qE 'Killed|out of memory' "$log"; then
    fail "too little memory for the compiler: it needs about 1.2 GB (details: $log)"
  fi
  [ -z "$SAY_TTY" ] || printf '\r\033[K'
  grep -vE '^\[[0-9]+/[0-9]+ ' "$log" | tail -n 60 >&2
  fail "the build failed (details: $log)"
}

# Seconds until $DEADLINE (a time as `date +%s` tells it); a day when there is none.
seconds_left() { echo $((${DEADLINE:-$(($(date +%s) + 86400))} - $(date +%s))); }

# build PRESET LABEL TARGET...: configures when needed and builds; a stamp makes a second run instant.
# Fails only when $DEADLINE has passed; what the compiler refuses ends the script.
build() {
  local preset=$1 label=$2 dir stamp inputs log started free
  shift 2
  dir=$ROOT/build/$preset
  stamp=$dir/.built.$(echo "$*" | tr ' ' +)
  log=$dir/build.log
  inputs=$(build_inputs)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$inputs" ]; then return 0; fi

  mkdir -p "$dir"
  free=$(free_mebibytes "$dir")
  [ "$free" -ge 1500 ] || fail "too little disk: a build needs 1500 MB here, $free MB are free"
  started=$(date +%s)
  step "$label"
  : >"$log"
  if [ ! -f "$dir/build.ninja" ]; then
    progress 0 configuring
    (cd "$ROOT" && cmake --preset "$preset" </dev/null >>"$log" 2>&1) || explain_build "$log"
  fi
  [ "$(seconds_left)" -gt 0 ] || return 1
  if ! NINJA_STATUS='[%f/%t ' timeout --foreground "$(seconds_left)" ninja -C "$dir" -j "$(build_jobs)" "$@" </dev/null 2>&1 | tee -a "$log" | while IFS= read -r line; do
    case $line in
      \[*/*\ *)
        done=${line#[}
        done=${done%%/*}
        total=${line#*/}
        total=${total%% *}
        progress $((done * 100 / (total > 0 ? total : 1))) "${line#* }"
        ;;
    esac
  done; then
    if [ "$(seconds_left)" -le 0 ]; then step_done "no time left"; return 1; fi
    explain_build "$log"
  fi
  echo "$inputs" >"$stamp"
  step_done "$(elapsed "$started")"
}

# npm_install FOLDER: the packages of its lock file, unless they are there.
npm_install() {
  local dir=$ROOT/$1 log=$ROOT/build/npm.log
  [ ! "$dir/package-lock.json" -nt "$dir/node_modules/.package-lock.json" ] && return 0
  mkdir -p "$ROOT/build"
  (cd "$dir" && npm ci --no-audit --no-fund --loglevel=error </dev/null >"$log" 2>&1) || explain_build "$log"
  touch "$dir/node_modules/.package-lock.json"
}
