using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Nexus.Data;

namespace Nexus.Migrations.PostgreSql;

/// <summary>Lets <c>dotnet ef</c> build the model without starting the portal, or a server.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<NexusDb>
{
    public NexusDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<NexusDb>()
            .UseNpgsql("Host=design", npgsql => npgsql.MigrationsAssembly("Nexus.Migrations.PostgreSql"))
            .Options);
}
