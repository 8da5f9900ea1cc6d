# shellcheck shell=bash
# The checks of bin/check, each counted like a suite of tests.

our_sources() { git -C "$ROOT" ls-files -co --exclude-standard -- 'src/*.cpp' 'src/*.hpp' 'tools/*.cpp' 'tools/*.hpp' 'tests/*.cpp' 'tests/*.hpp' 'bench/*.cpp' 'cmake/*.hpp'; }

# check_one NAME COMMAND...: passes when the command does.
check_one() {
  run_suite "$@"
  if [ "$SUITE_CODE" = 0 ]; then count "$1" 1 0 0 0; else count "$1" 0 1 0 1; fi
}

# skip NAME: its time had run out before it began.
skip() {
  # shellcheck disable=SC2034 # read by count
  SUITE_STARTED=$(date +%s)
  echo "== $1: no time left"
  count "$1" 0 0 1 0
}

# Marks of unfinished work.
no_marks() {
  if git -C "$ROOT" grep -nIE '\b(TODO|FIXME|HACK)\b|\bXXX:' -- ':!*.md' ':!bin/lib/checks.sh' ':!*package-lock.json'; then
    echo "finish these, or say them in an issue"
    return 1
  fi
}
check_words() { check_one words no_marks; }

# With --fix it is put right instead.
# shellcheck disable=SC2046
format_sources() {
  if [ -n "$FIX" ]; then clang-format-19 -i $(our_sources); else clang-format-19 --dry-run -Werror --ferror-limit=5 $(our_sources); fi
}
check_format() { check_one format format_sources; }

# shellcheck disable=SC2046
lint_shell() { shellcheck -x -P "$ROOT" bin/start bin/setup bin/test bin/check $(git -C "$ROOT" ls-files 'bin/bench' 'bin/lib/*.sh' 'tests/trial/*' .ci/run | grep -v '\.md$'); }
check_shell() { check_one shell lint_shell; }

check_includes() {
  build dev "Building (dev: check_includes)" check_includes
  check_one includes "$ROOT/build/dev/tools/check_includes" "$ROOT/src"
}

lint_frontend() { (cd frontend && npm run --silent check) && node --check tests/scenarios/run.mjs; }
check_frontend() {
  npm_install frontend
  check_one frontend lint_frontend
}

# The commit to compare with.
base_commit() {
  local base
  if [ -n "${OTKLIK_BASE:-}" ]; then git -C "$ROOT" rev-parse "$OTKLIK_BASE"; return; fi
  base=$(git -C "$ROOT" merge-base HEAD '@{upstream}' 2>/dev/null || true)
  if [ -n "$base" ] && [ "$base" != "$(git -C "$ROOT" rev-parse HEAD)" ]; then echo "$base"; return; fi
  git -C "$ROOT" rev-list -1 --before='1 day ago' HEAD
}

# The .cpp files to lint: those changed, and those whose own header changed.
tidy_files() {
  local base=
  [ -n "$ALL" ] || base=$(base_commit)
  if [ -z "$base" ]; then
    our_sources | grep '^\(src\|tools\)/.*\.cpp$' || true
    return
  fi
  {
    git -C "$ROOT" diff --name-only --diff-filter=d "$base" -- src tools
    git -C "$ROOT" ls-files -o --exclude-standard -- src tools
  } | sed -n 's/\.\(cpp\|hpp\)$/.cpp/p' | sort -u | while read -r file; do [ -f "$ROOT/$file" ] && echo "$file"; done
}

# Lints in parallel for at most TIDY_MINUTES (25) and never beyond $DEADLINE, the newest files first, and says what it
# did not reach.
tidy_sources() {
  local deadline files total looked
  deadline=$(($(date +%s) + ${TIDY_MINUTES:-25} * 60))
  [ "${DEADLINE:-$deadline}" -ge "$deadline" ] || deadline=$DEADLINE
  files=$(tidy_files)
  [ -n "$files" ] || { echo "no C++ file has changed"; return 0; }
  total=$(echo "$files" | wc -l)
  local done_list=$ROOT/build/test/tidy.done
  : >"$done_list"
  # shellcheck disable=SC2016 # expanded by the inner shell
  echo "$files" | xargs -r stat -c '%Y %n' | sort -rn | cut -d' ' -f2- | xargs -P "$(build_jobs)" -I{} sh -c '
    [ "$(date +%s)" -lt "$1" ] || exit 0
    echo "$3" >>"$2"
    clang-tidy-19 --quiet -p build/dev "$3" 2>/dev/null || { echo "clang-tidy: $3"; exit 1; }
  ' tidy "$deadline" "$done_list" {} || return 1
  looked=$(wc -l <"$done_list")
  echo "clang-tidy read $looked of $total files"
  [ "$looked" = "$total" ] || echo "the rest had no time: bin/check --all tidy with TIDY_MINUTES"
}
check_tidy() {
  if [ "$(seconds_left)" -le 60 ]; then
    skip tidy
    return 0
  fi
  build dev "Building (dev)" otklik otklik_tests
  check_one tidy tidy_sources
}

# One build serves the tests under ASan and UBSan and the fuzz targets.
check_sanitize() {
  build fuzz "Building (fuzz: ASan, UBSan, coverage)" all otklik_tests || { skip sanitizers; return 0; }
  npm_install tests
  suite_gtest "unit+sanitizers" "$ROOT/build/fuzz/otklik_tests"
  suite_node "scenarios+sanitizers" tests/scenarios/run.mjs --program "$ROOT/build/fuzz/otklik" --slow 5
}

check_threads() {
  build tsan "Building (tsan)" otklik_tests || { skip threads; return 0; }
  # What runs on several threads; memory-hungry parameters stay out by their own names.
  suite_gtest "unit+threads" "$ROOT/build/tsan/otklik_tests" \
    --gtest_filter='*Pool*:*Writer*:*Database*:*Server*:*Connection*:*Jobs*:*Worker*:*Concurren*:*Thread*:*Hub*'
}

# Each target for FUZZ_SECONDS (20), from its corpus and what earlier runs found.
check_fuzz() {
  build fuzz "Building (fuzz: ASan, UBSan, coverage)" all otklik_tests || { skip fuzz; return 0; }
  local target name corpus
  for target in "$ROOT"/build/fuzz/fuzz/fuzz_*; do
    [ -x "$target" ] || continue
    name=$(basename "$target")
    corpus=$ROOT/build/fuzz/corpus/$name
    mkdir -p "$corpus" "$ROOT/tests/fuzz/corpus/${name#fuzz_}" 2>/dev/null || true
    local seeds=()
    [ -n "$(ls -A "$ROOT/tests/fuzz/corpus/${name#fuzz_}" 2>/dev/null)" ] && seeds=("$ROOT/tests/fuzz/corpus/${name#fuzz_}")
    check_one "$name" env "$target" -max_total_time="${FUZZ_SECONDS:-20}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 \
      -verbosity=0 -artifact_prefix="$ROOT/build/fuzz/" "$corpus" ${seeds[@]+"${seeds[@]}"}
    rmdir "$ROOT/tests/fuzz/corpus/${name#fuzz_}" "$ROOT/tests/fuzz/corpus" 2>/dev/null || true
  done
}
