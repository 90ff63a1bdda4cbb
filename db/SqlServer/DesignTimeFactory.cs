using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Nexus.Data;

namespace Nexus.Migrations.SqlServer;

/// <summary>Lets <c>dotnet ef</c> build the model without starting the portal, or a server.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<NexusDb>
{
    public NexusDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<NexusDb>()
            .UseSqlServer("Server=design", server => server.MigrationsAssembly("Nexus.Migrations.SqlServer"))
            .Options);
}
