using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data;

namespace Nexus.Migrations.Sqlite.Migrations;

/// <summary>The ledger refuses update, delete and replacement in the database itself, whatever the code does.</summary>
[DbContext(typeof(NexusDb))]
[Migration("20261123000001_LedgerTriggers")]
public sealed class LedgerTriggers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var verb in (string[])["UPDATE", "DELETE"])
        {
            migrationBuilder.Sql($"""
                CREATE TRIGGER "LedgerEntries_no_{verb.ToLowerInvariant()}" BEFORE {verb} ON "LedgerEntries"
                BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END;
                """);
        }

        // REPLACE deletes without the trigger above, unless the connection asks for recursive triggers.
        migrationBuilder.Sql("""
            CREATE TRIGGER "LedgerEntries_no_replace" BEFORE INSERT ON "LedgerEntries"
            WHEN EXISTS (SELECT 1 FROM "LedgerEntries" WHERE "Sequence" = NEW."Sequence")
            BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TRIGGER "LedgerEntries_no_update";""");
        migrationBuilder.Sql("""DROP TRIGGER "LedgerEntries_no_delete";""");
        migrationBuilder.Sql("""DROP TRIGGER "LedgerEntries_no_replace";""");
    }
}
