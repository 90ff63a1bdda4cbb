using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data;

namespace Nexus.Migrations.Sqlite.Migrations;

/// <summary>The full-text index over the search entries. It follows them by itself, and what is deleted is not found, however it was deleted.</summary>
[DbContext(typeof(NexusDb))]
[Migration("20261123000002_SearchIndex")]
public sealed class SearchIndex : Migration
{
    private static readonly string[] Things = ["Datasets", "Pipelines", "Configs", "Runs", "Sweeps", "Models", "ModelVersions", "Agents"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE VIRTUAL TABLE "SearchIndex" USING fts5("Kind", "Title", "Text", content='SearchEntries', content_rowid='Id',
                tokenize="unicode61 remove_diacritics 2", prefix='1 2 3');
            """);
        // What was deleted leaves the file too, and not only the answers.
        migrationBuilder.Sql("""INSERT INTO "SearchIndex"("SearchIndex", rank) VALUES ('secure-delete', 1);""");
        migrationBuilder.Sql("""
            CREATE TRIGGER "SearchEntries_insert" AFTER INSERT ON "SearchEntries"
            BEGIN INSERT INTO "SearchIndex"(rowid, "Kind", "Title", "Text") VALUES (NEW."Id", NEW."Kind", NEW."Title", NEW."Text"); END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER "SearchEntries_delete" AFTER DELETE ON "SearchEntries"
            BEGIN INSERT INTO "SearchIndex"("SearchIndex", rowid, "Kind", "Title", "Text") VALUES ('delete', OLD."Id", OLD."Kind", OLD."Title", OLD."Text"); END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER "SearchEntries_update" AFTER UPDATE ON "SearchEntries"
            BEGIN
                INSERT INTO "SearchIndex"("SearchIndex", rowid, "Kind", "Title", "Text") VALUES ('delete', OLD."Id", OLD."Kind", OLD."Title", OLD."Text");
                INSERT INTO "SearchIndex"(rowid, "Kind", "Title", "Text") VALUES (NEW."Id", NEW."Kind", NEW."Title", NEW."Text");
            END;
            """);
        foreach (var table in Things)
        {
            migrationBuilder.Sql($"""
                CREATE TRIGGER "{table}_search_delete" AFTER DELETE ON "{table}"
                BEGIN DELETE FROM "SearchEntries" WHERE "ThingId" = OLD."Id"; END;
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Things) migrationBuilder.Sql($"""DROP TRIGGER "{table}_search_delete";""");
        foreach (var change in (string[])["insert", "delete", "update"]) migrationBuilder.Sql($"""DROP TRIGGER "SearchEntries_{change}";""");
        migrationBuilder.Sql("""DROP TABLE "SearchIndex";""");
    }
}
