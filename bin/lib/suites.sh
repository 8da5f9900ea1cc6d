# shellcheck shell=bash
# The suites of tests and their sum. A suite that breaks off without a count is one failure.

PASSED=0
FAILED=0
SKIPPED=0
RESULTS=

# Sanitizers stop at the first fault, and know which leaks are those of Debian's libraries.
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1:detect_leaks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$ROOT/tests/sanitizers/leaks.txt:print_suppressions=0}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1:suppressions=$ROOT/tests/sanitizers/races.txt}
ASAN_SYMBOLIZER_PATH=${ASAN_SYMBOLIZER_PATH:-$(command -v llvm-symbolizer-19 || true)}
export ASAN_SYMBOLIZER_PATH

# count NAME PASSED FAILED SKIPPED EXIT_CODE
count() {
  local name=$1 passed=${2:-0} failed=${3:-0} skipped=${4:-0} code=$5
  if [ "$code" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  if [ "$code" = 0 ] && [ $((passed + failed + skipped)) = 0 ]; then
    echo "error: the suite $name ran no test" >&2
    failed=1
  fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  SKIPPED=$((SKIPPED + skipped))
  RESULTS+=$(printf '%-24s %5d passed %4d failed  %s' "$name" "$passed" "$failed" "$(elapsed "$SUITE_STARTED")")$'\n'
}

# run_suite NAME COMMAND...: runs it with its output shown and kept in build/test/NAME.log.
run_suite() {
  local name=$1
  shift
  mkdir -p "$ROOT/build/test"
  SUITE_LOG=$ROOT/build/test/$name.log
  SUITE_STARTED=$(date +%s)
  printf '== %s\n' "$name"
  SUITE_CODE=0
  (cd "$ROOT" && "$@") </dev/null 2>&1 | tee "$SUITE_LOG" || SUITE_CODE=$?
}

number_before() { sed -nE "s/$1/\\1/p" "$SUITE_LOG" | tail -n 1; }

# suite_gtest NAME PROGRAM ARGUMENT...: a GoogleTest binary; told briefly, each failure has a line of its own.
suite_gtest() {
  local name=$1
  run_suite "$name" "${@:2}" --gtest_brief=1 --gtest_color=no
  count "$name" "$(number_before '^\[  PASSED  \] ([0-9]+) tests?\.$')" \
    "$(grep -cE '^\[  FAILED  \] [^ ]+\.[^ ]+' "$SUITE_LOG" || true)" \
    "$(number_before '^\[  SKIPPED \] ([0-9]+) tests?\.$')" "$SUITE_CODE"
}

# suite_node NAME SCRIPT ARGUMENT...: a runner of tests/, which closes with "N passed, N failed".
suite_node() {
  local name=$1
  run_suite "$name" node "${@:2}"
  count "$name" "$(number_before '^([0-9]+) passed, [0-9]+ failed.*$')" \
    "$(number_before '^[0-9]+ passed, ([0-9]+) failed.*$')" "$(number_before '^.* failed, ([0-9]+) skipped$')" "$SUITE_CODE"
}

suite_unit() { suite_gtest "unit" "$ROOT/build/$1/otklik_tests"; }
suite_scenarios() { suite_node "scenarios" tests/scenarios/run.mjs --program "$ROOT/build/$1/otklik" --engine sqlite --engine postgres; }
suite_access() { suite_node "access" tests/access/run.mjs --program "$ROOT/build/$1/otklik" --engine sqlite --engine postgres; }
suite_browser() { suite_node "browser" tests/browser/run.mjs --program "$ROOT/build/$1/otklik"; }
suite_faults() {
  suite_node "kill-under-load" tests/faults/kill-under-load.mjs --program "$ROOT/build/$1/otklik" --rounds 5
  suite_node "full-disk" tests/faults/full-disk.mjs --program "$ROOT/build/$1/otklik"
}

# The sum, and the exit code.
suites_closing() {
  printf '\n%s\n' "$RESULTS"
  if [ "$SKIPPED" -gt 0 ]; then
    echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
  else
    echo "$PASSED passed, $FAILED failed"
  fi
  [ "$FAILED" = 0 ]
}
