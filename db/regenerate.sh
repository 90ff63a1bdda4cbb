#!/usr/bin/env bash
# Rebuilds the initial migration from the model. Of use until the first release; afterwards migrations are added, never edited.
set -euo pipefail
cd "$(dirname "$0")/.."
find db/Sqlite/Migrations -name '*_Initial*.cs' -delete 2>/dev/null || true
rm -f db/Sqlite/Migrations/NexusDbModelSnapshot.cs
dotnet tool restore >/dev/null
dotnet ef migrations add Initial --project db/Sqlite --output-dir Migrations -- --no-restore
for file in db/Sqlite/Migrations/*_Initial*.cs; do
  id=$(basename "$file" | cut -d_ -f1)
  sed -i "s/${id}_Initial/20261123000000_Initial/" "$file"
  mv "$file" "${file/$id/20261123000000}"
done
