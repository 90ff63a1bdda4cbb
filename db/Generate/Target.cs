using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Nexus.Data;
using Nexus.Data.Storage.Databases;

namespace Nexus.Migrations.Generate;

/// <summary>A database to generate for; nothing is connected to.</summary>
/// <param name="HasScript">EF Core writes no script for SQLite that could be run twice.</param>
internal sealed record Target(string Name, string Connection, bool HasScript)
{
    public static readonly Target[] All =
    [
        new("Sqlite", "Data Source=design.db", HasScript: false),
        new("PostgreSql", "Host=design", HasScript: true),
        new("SqlServer", "Server=design", HasScript: true),
    ];

    public string Namespace => $"Nexus.Migrations.{Name}";

    /// <param name="migrations">Where the migrations are that are there already.</param>
    public NexusDb Open(Assembly migrations)
    {
        var options = new DbContextOptionsBuilder<NexusDb>();
        DatabaseProvider.Find(Name)!.Configure(options, Connection);
        var relational = RelationalOptionsExtension.Extract(options.Options).WithMigrationsAssembly((string?)null).WithMigrationsAssembly(migrations);
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(relational);
        return new(options.Options);
    }
}
