#!/usr/bin/env bash
# Installs what the tests need, builds with warnings as errors, checks the format, runs every suite within its budget and
# prints the sums as one last line: N passed, N failed.
#   tests/run.sh          all suites, about 15 minutes on two cores
#   tests/run.sh --long   the longer forms of the same tests as well
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
long=false
[ "${1:-}" = "--long" ] && long=true
passed=0
failed=0

# suite and its budget in seconds: about twice what it takes
suites=(
  "Nexus.Data.Tests 200"
  "Nexus.Inference.Tests 120"
  "Nexus.Jobs.Tests 240"
  "Nexus.Web.Tests 360"
  "Nexus.EndToEnd.Tests 600"
)

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

stop() {
  echo "run.sh: $1" >&2
  failed=$((failed + 1))
  finish
}

install_missing() {
  command -v dotnet >/dev/null || stop "the .NET SDK 10.0 is missing: https://dotnet.microsoft.com/download"
  local packages=()
  [ -x /usr/bin/chromium ] || packages+=(chromium)
  command -v redis-server >/dev/null || packages+=(redis-server)
  command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages+=(postgresql)
  ! $long || command -v strace >/dev/null || packages+=(strace)
  [ ${#packages[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    stop "the tests need Chromium at /usr/bin/chromium, redis-server, and PostgreSQL 14 or later with initdb on the PATH, and for --long strace; install them and run again"
  fi
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  export DEBIAN_FRONTEND=noninteractive
  { $sudo apt-get update -qq && $sudo apt-get install -y -qq "${packages[@]}"; } >/dev/null || stop "${packages[*]} could not be installed"
}

# One PostgreSQL for all suites; it ends with this script, however that ends.
start_postgresql() {
  coproc POSTGRESQL { tests/postgresql.sh; }
  read -r -t 60 NEXUS_TEST_POSTGRESQL <&"${POSTGRESQL[0]}" || stop "PostgreSQL did not start"
  export NEXUS_TEST_POSTGRESQL
}

step() {
  local name=$1 log
  shift
  log=$(mktemp)
  local from=$SECONDS
  if ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log"
    stop "$name failed"
  fi
  echo "$name: $((SECONDS - from)) s"
}

# run_suite NAME BUDGET [FILTER...]
run_suite() {
  local name=$1 budget=$2 log title=$1${NEXUS_TEST_DATABASE:+ on $NEXUS_TEST_DATABASE}
  shift 2
  log="tests/results/$title.txt"
  local from=$SECONDS
  local filter=(-trait- "Length=Long" "$@")
  if $long; then
    filter=("$@")
    budget=$((budget * 10))
  fi
  timeout --kill-after=20 "$budget" "tests/$name/bin/Release/net10.0/$name" -noColor -noLogo "${filter[@]}" >"$log" 2>&1
  local code=$?
  local sums total errors failures
  sums=$(grep -E "Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+" "$log" | tail -n 1)
  total=$(sed -nE 's/.*Total: ([0-9]+),.*/\1/p' <<<"$sums")
  errors=$(sed -nE 's/.*Errors: ([0-9]+),.*/\1/p' <<<"$sums")
  failures=$(sed -nE 's/.*Failed: ([0-9]+),.*/\1/p' <<<"$sums")
  if [ -z "$total" ]; then
    tail -n 80 "$log"
    echo "$title: no result within $budget s (exit $code)"
    failed=$((failed + 1))
    return
  fi
  local bad=$((errors + failures))
  [ "$code" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$bad" -eq 0 ] || grep -vE "^\s*(Discover|Start|Finish)|^There is no administrator yet" "$log" | head -n 120
  passed=$((passed + total - failures))
  failed=$((failed + bad))
  echo "$title: $((total - failures)) of $total in $((SECONDS - from)) s"
}

mkdir -p tests/results
install_missing
step "restore" dotnet restore Nexus.Portal.sln -p:AuditStrictly=$long
step "build" dotnet build Nexus.Portal.sln --no-restore --configuration Release
# The build holds the style; what it does not see is white space. The long form asks for all of it once more.
format=(whitespace)
$long && format=()
step "format" dotnet format "${format[@]}" Nexus.Portal.sln --no-restore --verify-no-changes
start_postgresql
for suite in "${suites[@]}"; do
  # shellcheck disable=SC2086
  run_suite $suite
done
# The same tests where the database is a server's, but for those of one database alone, and of datasets those that are about files.
export NEXUS_TEST_DATABASE=PostgreSql
of_files=()
for name in ImportPropertyTests ImportTurnTests BrokenFileTests TableProfilerTests LongTableProfilerTests TableQueryWorkerTests DifferenceServiceTests; do of_files+=(-class- "*.$name"); done
of_files+=(-method- "*.Import_of_4096_columns_is_taken")
run_suite Nexus.Data.Tests 160 -trait- "Database=Sqlite" "${of_files[@]}"
if $long; then
  run_suite Nexus.Inference.Tests 160 -trait- "Database=Sqlite" -class- "Nexus.Inference.Tests.Onnx.*"
  run_suite Nexus.Jobs.Tests 240 -trait- "Database=Sqlite" -class- "Nexus.Jobs.Tests.Training.*"
fi
finish
