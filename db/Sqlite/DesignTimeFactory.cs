using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Nexus.Data;

namespace Nexus.Migrations.Sqlite;

/// <summary>Lets <c>dotnet ef</c> build the model without starting the portal.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<NexusDb>
{
    public NexusDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<NexusDb>()
            .UseSqlite("Data Source=design.db", sqlite => sqlite.MigrationsAssembly("Nexus.Migrations.Sqlite"))
            .Options);
}
