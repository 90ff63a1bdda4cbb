using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Nexus.Data;

namespace Nexus.Migrations.PostgreSql.Migrations;

/// <summary>
/// The words of the search entries, without diacritics and with an index over them; the database keeps them up by itself, and
/// what is deleted is not found, however it was deleted. No extension is needed.
/// </summary>
[DbContext(typeof(NexusDb))]
[Migration("20261123000002_SearchIndex")]
public sealed class SearchIndex : Migration
{
    private static readonly string[] Things = ["Datasets", "Pipelines", "Configs", "Runs", "Sweeps", "Models", "ModelVersions", "Agents"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // What is no letter and no digit parts words; the parser on its own would see numbers, hosts and paths.
        migrationBuilder.Sql("""
            CREATE FUNCTION nexus_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $words$
                SELECT regexp_replace(regexp_replace(normalize(said, NFKD), U&'[\0300-\036F]', '', 'g'), '[\x01-\x2F\x3A-\x40\x5B-\x60\x7B-\x7F]+', ' ', 'g')
            $words$;
            """);
        migrationBuilder.Sql("""
            ALTER TABLE "SearchEntries" ADD COLUMN "Words" tsvector GENERATED ALWAYS AS (
                setweight(to_tsvector('pg_catalog.simple', nexus_words("Title")), 'A') || setweight(to_tsvector('pg_catalog.simple', nexus_words("Text")), 'D')) STORED;
            """);
        migrationBuilder.Sql("""CREATE INDEX "IX_SearchEntries_Words" ON "SearchEntries" USING gin ("Words");""");
        migrationBuilder.Sql("""
            CREATE FUNCTION nexus_search_forget() RETURNS trigger LANGUAGE plpgsql AS $forget$
            BEGIN DELETE FROM "SearchEntries" WHERE "ThingId" = OLD."Id"; RETURN NULL; END $forget$;
            """);
        foreach (var table in Things)
        {
            migrationBuilder.Sql($"""
                CREATE TRIGGER "{table}_search_delete" AFTER DELETE ON "{table}"
                FOR EACH ROW EXECUTE FUNCTION nexus_search_forget();
                """);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Things) migrationBuilder.Sql($"""DROP TRIGGER "{table}_search_delete" ON "{table}";""");
        migrationBuilder.Sql("DROP FUNCTION nexus_search_forget();");
        migrationBuilder.Sql("""ALTER TABLE "SearchEntries" DROP COLUMN "Words";""");
        migrationBuilder.Sql("DROP FUNCTION nexus_words(text);");
    }
}
