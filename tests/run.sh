#!/usr/bin/env bash
# Installs what the tests need, builds with warnings as errors, checks the format, runs every suite within its budget and
# prints the sums as one last line: N passed, N failed.
#   tests/run.sh          all suites, at most 15 minutes
#   tests/run.sh --long   the longer forms of the same tests as well
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
long=false
[ "${1:-}" = "--long" ] && long=true
passed=0
failed=0

# suite and its budget in seconds
suites=(
  "Nexus.Data.Tests 120"
  "Nexus.Inference.Tests 120"
  "Nexus.Jobs.Tests 180"
  "Nexus.Web.Tests 180"
  "Nexus.EndToEnd.Tests 300"
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
  [ -x /usr/bin/chromium ] && return
  if ! command -v apt-get >/dev/null; then
    stop "the browser tests need Chromium at /usr/bin/chromium; install it and run again"
  fi
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
  export DEBIAN_FRONTEND=noninteractive
  { $sudo apt-get update -qq && $sudo apt-get install -y -qq chromium; } >/dev/null || stop "Chromium could not be installed"
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

run_suite() {
  local name=$1 budget=$2 log
  log=tests/results/$name.txt
  local from=$SECONDS
  local filter=(-trait- "Length=Long")
  if $long; then
    filter=()
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
    echo "$name: no result within $budget s (exit $code)"
    failed=$((failed + 1))
    return
  fi
  local bad=$((errors + failures))
  [ "$code" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1
  [ "$bad" -eq 0 ] || grep -vE "^\s*(Discover|Start|Finish)" "$log" | head -n 120
  passed=$((passed + total - failures))
  failed=$((failed + bad))
  echo "$name: $((total - failures)) of $total in $((SECONDS - from)) s"
}

mkdir -p tests/results
install_missing
step "restore" dotnet restore Nexus.Portal.sln
step "build" dotnet build Nexus.Portal.sln --no-restore --configuration Release
step "format" dotnet format Nexus.Portal.sln --no-restore --verify-no-changes
for suite in "${suites[@]}"; do
  # shellcheck disable=SC2086
  run_suite $suite
done
finish
