using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data;

namespace Nexus.Migrations.Sqlite.Migrations;

/// <summary>The ledger refuses update and delete in the database itself, whatever the code does.</summary>
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
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TRIGGER "LedgerEntries_no_update";""");
        migrationBuilder.Sql("""DROP TRIGGER "LedgerEntries_no_delete";""");
    }
}
