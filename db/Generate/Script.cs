using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Nexus.Migrations.Generate;

/// <summary>The SQL for who administers the database: from nothing or from any migration to the newest, and harmless when run again.</summary>
internal static class Script
{
    public static void Write(Target target, string folder)
    {
        if (!target.HasScript) return;
        using var db = target.Open(MigrationFiles.Compile(target, folder));
        var script = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
        Directory.CreateDirectory(Path.Combine(folder, "scripts"));
        File.WriteAllText(Path.Combine(folder, "scripts", target.Name.ToLowerInvariant() + ".sql"), script.ReplaceLineEndings("\n"));
    }
}
