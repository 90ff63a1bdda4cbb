using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage;

public sealed class MigrationTests
{
    [Fact]
    public async Task Migrations_cover_the_model()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var db = database.Open();

        db.Database.HasPendingModelChanges().ShouldBeFalse("run db/regenerate.sh");
    }
}
