# shellcheck shell=bash
# Debian packages: which are missing, and their installation.

# Packages of the groups given, from bin/packages.txt.
packages_of() {
  awk -v wanted=" $* " '
    /^#/ || NF == 0 { next }
    /^\[/ { group = substr($1, 2, length($1) - 2); next }
    index(wanted, " " group " ") { print $1 }
  ' "$BIN/packages.txt" | sort -u
}

# Those of the arguments that are not installed.
missing_packages() {
  [ $# -gt 0 ] || return 0
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null | sed -n 's/^[ih]i //p' | sort -u)
  comm -23 <(printf '%s\n' "$@" | sort -u) <(printf '%s\n' "$installed")
}

has_node() {
  command -v npm >/dev/null && [ "$(node -p 'parseInt(process.versions.node)' 2>/dev/null || echo 0)" -ge 18 ]
}

# Free space, in MiB, of the file system that holds $1.
free_mebibytes() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }

# Runs a command as root, by itself or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -- "$@"; fi
}

# apt-get with progress told by its status descriptor; its words go to $SETUP_LOG. No service is started: a mail or web
# server that the tests start themselves must not begin to listen on the machine.
apt_install() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  as_root sh -c '
    exec 3>&1 >>"$1" 2>&1 </dev/null
    shift
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
      trap "rm -f $policy" EXIT
      printf "#!/bin/sh\nexit 101\n" >$policy
      chmod 755 $policy
    fi
    DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get install -y --no-install-recommends \
      -o APT::Status-Fd=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confold -o Acquire::Retries=2 "$@"
  ' install "$SETUP_LOG" "$@" | while IFS=: read -r kind _ percent detail; do
    percent=${percent%%.*}
    case $kind in
      dlstatus) progress $((percent / 2)) "downloading" ;;
      pmstatus) progress $((50 + percent / 2)) "${detail#*: }" ;;
    esac
  done
  return "${PIPESTATUS[0]}"
}

# Says in one line why apt failed.
explain_apt() {
  local log=$1
  if grep -qE 'No space left|not enough free space' "$log"; then
    fail "the disk is full: free some space and start again (details: $log)"
  elif grep -qE 'Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Failed to fetch|Network is unreachable|timed out' "$log"; then
    fail "no network: Debian's packages cannot be fetched (details: $log)"
  elif grep -q 'Unable to locate package' "$log"; then
    fail "Debian has no package $(grep -m1 -oE 'Unable to locate package .*' "$log" | cut -d' ' -f5) here: are Debian 12's main sources on? (details: $log)"
  elif grep -q 'Could not get lock' "$log"; then
    fail "another program is installing packages: try again when it is done (details: $log)"
  fi
  fail "packages could not be installed: $(grep -m1 '^E: ' "$log" | cut -c4- || true) (details: $log)"
}

# install_packages GROUP...: installs what the groups lack; quick when nothing does.
install_packages() {
  local wanted missing need free
  wanted=$(packages_of "$@")
  case " $* " in *" node "*) if has_node; then wanted=$(comm -23 <(echo "$wanted") <(packages_of node)); fi ;; esac
  command -v dpkg-query >/dev/null || fail "this needs Debian 12: dpkg is not here"
  # shellcheck disable=SC2086 # a word each
  missing=$(missing_packages $wanted)
  [ -n "$missing" ] || return 0

  # shellcheck disable=SC1091
  if [ "$(. /etc/os-release && echo "$ID $VERSION_ID")" != "debian 12" ]; then
    fail "this is not Debian 12: install by hand what bin/packages.txt names ($(echo "$missing" | wc -l) are missing)"
  fi
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    fail "packages must be installed by root: run this as root, or install sudo"
  fi
  need=$(($(echo "$missing" | wc -l) * 60))
  free=$(free_mebibytes /usr)
  [ "$free" -ge "$need" ] || fail "too little disk: about $need MB are needed on /usr, $free MB are free"

  step "$SETUP_STEP ($(echo "$missing" | wc -l) to install)"
  mkdir -p "$BIN/../build"
  SETUP_LOG=$(cd "$BIN/../build" && pwd)/setup.log
  : >"$SETUP_LOG"
  # shellcheck disable=SC2086
  if ! apt_install $missing; then
    # The lists may be missing or old: fetch them, once, and try again.
    : >"$SETUP_LOG"
    progress 0 "fetching the lists of packages"
    # shellcheck disable=SC2024 # the log is ours
    as_root env LC_ALL=C apt-get update -o DPkg::Lock::Timeout=300 </dev/null >>"$SETUP_LOG" 2>&1 || explain_apt "$SETUP_LOG"
    # shellcheck disable=SC2086
    apt_install $missing || explain_apt "$SETUP_LOG"
  fi
  case " $* " in *" node "*) has_node || fail "node 18 or newer is needed, this is $(node --version 2>/dev/null || echo none)" ;; esac
  step_done
}
