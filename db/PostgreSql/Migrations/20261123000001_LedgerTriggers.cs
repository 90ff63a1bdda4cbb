using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data;

namespace Nexus.Migrations.PostgreSql.Migrations;

/// <summary>The ledger refuses update, delete and truncation in the database itself, whatever the code does.</summary>
[DbContext(typeof(NexusDb))]
[Migration("20261123000001_LedgerTriggers")]
public sealed class LedgerTriggers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE FUNCTION nexus_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$
            BEGIN RAISE EXCEPTION 'The ledger is append-only.'; END $refuse$;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER "LedgerEntries_no_change" BEFORE UPDATE OR DELETE ON "LedgerEntries"
            FOR EACH ROW EXECUTE FUNCTION nexus_ledger_refuse();
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER "LedgerEntries_no_truncate" BEFORE TRUNCATE ON "LedgerEntries"
            FOR EACH STATEMENT EXECUTE FUNCTION nexus_ledger_refuse();
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TRIGGER "LedgerEntries_no_truncate" ON "LedgerEntries";""");
        migrationBuilder.Sql("""DROP TRIGGER "LedgerEntries_no_change" ON "LedgerEntries";""");
        migrationBuilder.Sql("DROP FUNCTION nexus_ledger_refuse();");
    }
}
