#pragma warning disable EF1001 // What dotnet ef builds its services with; the version of EF Core is pinned, and a change shows at the next generation.
using System.Text;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;

namespace Nexus.Migrations.Generate;

/// <summary>Writes the one initial migration anew, as <c>dotnet ef migrations add Initial</c> would, were there none.</summary>
internal static class InitialMigration
{
    private const string Id = "20261123000000_Initial";

    public static void Write(Target target, string folder)
    {
        var migrations = Path.Combine(folder, target.Name, "Migrations");
        foreach (var old in Directory.EnumerateFiles(migrations, "*_Initial*.cs").Append(Path.Combine(migrations, "NexusDbModelSnapshot.cs"))) File.Delete(old);
        var others = MigrationFiles.Compile(target, folder);
        using var db = target.Open(others);
        var services = new DesignTimeServicesBuilder(others, others, new OperationReporter(null), []).Build(db);
        using var scope = services.CreateScope();
        var made = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>().ScaffoldMigration("Initial", target.Namespace, "Migrations", "C#");
        Save(Path.Combine(migrations, $"{Id}.cs"), made.MigrationCode);
        Save(Path.Combine(migrations, $"{Id}.Designer.cs"), made.MetadataCode.Replace(made.MigrationId, Id, StringComparison.Ordinal));
        Save(Path.Combine(migrations, $"{made.SnapshotName}.cs"), made.SnapshotCode);
    }

    private static void Save(string path, string code) => File.WriteAllText(path, code, Encoding.UTF8);
}
