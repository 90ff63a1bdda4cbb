#!/usr/bin/env bash
# Rebuilds the initial migration of every database from the model, and the SQL scripts for those who administer them. Of use
# until the first release; afterwards migrations are added (dotnet ef migrations add NAME --project db/X), never edited, and
# only the scripts are written anew: db/regenerate.sh scripts
set -euo pipefail
cd "$(dirname "$0")/.."
restore=
[ -e db/Generate/obj/project.assets.json ] && restore=--no-restore
dotnet build db/Generate -v q --nologo -p:RunAnalyzers=false $restore
dotnet db/Generate/bin/Debug/net10.0/Nexus.Migrations.Generate.dll "${1:-initial}" db
