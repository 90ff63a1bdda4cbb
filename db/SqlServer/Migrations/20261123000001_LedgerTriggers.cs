using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data;

namespace Nexus.Migrations.SqlServer.Migrations;

/// <summary>
/// The ledger refuses update and delete in the database itself, whatever the code does. TRUNCATE fires no trigger: a
/// foreign key to the ledger is what forbids it.
/// </summary>
[DbContext(typeof(NexusDb))]
[Migration("20261123000001_LedgerTriggers")]
public sealed class LedgerTriggers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // EXEC, as a trigger has to be the first statement of its batch, which it is not in the idempotent script.
        migrationBuilder.Sql("""
            EXEC(N'CREATE TRIGGER [LedgerEntries_no_change] ON [LedgerEntries] INSTEAD OF UPDATE, DELETE AS
            THROW 50000, N''The ledger is append-only.'', 1;');
            """);
        migrationBuilder.Sql("""
            CREATE TABLE [LedgerEntries_no_truncate] (
                [Sequence] bigint NULL CONSTRAINT [FK_LedgerEntries_no_truncate] REFERENCES [LedgerEntries] ([Sequence])
            );
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP TABLE [LedgerEntries_no_truncate];");
        migrationBuilder.Sql("DROP TRIGGER [LedgerEntries_no_change];");
    }
}
