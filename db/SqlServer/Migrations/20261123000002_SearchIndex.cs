using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data;

namespace Nexus.Migrations.SqlServer.Migrations;

/// <summary>What is deleted is not found, however it was deleted. The entries are searched as they are: full-text search is not installed everywhere.</summary>
[DbContext(typeof(NexusDb))]
[Migration("20261123000002_SearchIndex")]
public sealed class SearchIndex : Migration
{
    private static readonly string[] Things = ["Datasets", "Pipelines", "Configs", "Runs", "Sweeps", "Models", "ModelVersions", "Agents"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Things)
        {
            migrationBuilder.Sql($"""
                EXEC(N'CREATE TRIGGER [{table}_search_delete] ON [{table}] AFTER DELETE AS
                BEGIN SET NOCOUNT ON; DELETE FROM [SearchEntries] WHERE [ThingId] IN (SELECT [Id] FROM deleted); END');
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Things) migrationBuilder.Sql($"DROP TRIGGER [{table}_search_delete];");
    }
}
