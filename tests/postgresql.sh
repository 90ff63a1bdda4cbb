#!/usr/bin/env bash
# A PostgreSQL of the tests' own: prints its connection string, and goes with all that it holds when its standard input ends.
set -euo pipefail
bin=$(dirname "$(command -v initdb || ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)")
[ -x "$bin/initdb" ] || { echo "postgresql.sh: PostgreSQL's initdb is missing" >&2; exit 1; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/nexus-postgresql-XXXXXX")
as() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then # as which PostgreSQL refuses to run
  chown postgres "$folder"
  as() { runuser -u postgres -- "$@"; }
fi
chmod 711 "$folder"
trap 'as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
cd /
as "$bin/initdb" -D "$folder/data" -U nexus --auth=trust --encoding=UTF8 --locale=C --no-sync >/dev/null
# Nothing of it is to outlive the tests, so nothing waits for the disk.
options="-c listen_addresses='' -c unix_socket_directories=$folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c wal_level=minimal -c max_wal_senders=0"
as "$bin/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" -o "$options" start >&2
echo "Host=$folder;Username=nexus;Database=postgres;Timeout=60;Maximum Pool Size=20"
cat >/dev/null
