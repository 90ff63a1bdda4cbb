using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Audit;
using Nexus.Data.Nodes;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Nodes;

public sealed class SharedKeysTests
{
    private const string Secret = "the secret of these tests, 0123456789";

    [Fact]
    public async Task Key_made_by_one_node_is_the_other_nodes_too_and_lies_sealed()
    {
        await using var database = await TestDatabase.StartAsync();
        var key = RandomNumberGenerator.GetBytes(32);

        Keys(database, Secret).Get("a", () => key).ShouldBe(key);
        Keys(database, Secret).Get("a", () => throw new InvalidOperationException("There is one.")).ShouldBe(key);
        await Keys(database, Secret).CheckAsync(CancellationToken.None);

        await using var db = database.Open();
        var row = await db.SharedKeys.AsNoTracking().SingleAsync();
        Convert.ToHexString(row.Sealed).ShouldNotContain(Convert.ToHexString(key));
    }

    [Fact]
    public async Task Nodes_that_make_it_at_once_end_with_one()
    {
        await using var database = await TestDatabase.StartAsync();

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Keys(database, Secret).Get("a", () => RandomNumberGenerator.GetBytes(32)))));

        keys.Select(Convert.ToHexString).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Other_secret_is_refused_and_a_key_under_another_name_too()
    {
        await using var database = await TestDatabase.StartAsync();
        Keys(database, Secret).Add("a", [1, 2, 3]);

        var refused = await Should.ThrowAsync<InvalidOperationException>(Keys(database, Secret + "!").CheckAsync(CancellationToken.None));
        refused.Message.ShouldContain("Nexus:Secret");

        await using var db = database.Open();
        var row = await db.SharedKeys.AsNoTracking().SingleAsync();
        db.SharedKeys.Add(new() { Name = "b", Sealed = row.Sealed, CreatedAt = row.CreatedAt });
        await db.SaveChangesAsync();
        Should.Throw<InvalidOperationException>(() => Keys(database, Secret).Get("b", () => []));
    }

    [Fact]
    public async Task Keys_are_listed_by_what_their_names_begin_with()
    {
        await using var database = await TestDatabase.StartAsync();
        var keys = Keys(database, Secret);
        keys.Add("x/1", "one"u8.ToArray());
        keys.Add("x/2", "two"u8.ToArray());
        keys.Add("y/1", "three"u8.ToArray());

        keys.List("x/").Select(Encoding.UTF8.GetString).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Ledgers_key_of_a_single_node_becomes_that_of_all()
    {
        await using var database = await TestDatabase.StartAsync();
        var alone = Signer(database, database.Directory, null).Verifier;

        Signer(database, database.Directory, Secret).Verifier.ShouldBe(alone);
        var other = Directory.CreateTempSubdirectory("nexus-test-").FullName;
        Signer(database, other, Secret).Verifier.ShouldBe(alone);
        Directory.GetFileSystemEntries(other).ShouldBeEmpty();
        Directory.Delete(other);
    }

    private static SharedKeys Keys(TestDatabase database, string? secret) =>
        new(database.Get<IDbContextFactory<NexusDb>>(), Options.Create(new NexusOptions { Secret = secret }), TimeProvider.System);

    private static CheckpointSigner Signer(TestDatabase database, string directory, string? secret) =>
        new(Options.Create(new NexusOptions { DataDirectory = directory }), Keys(database, secret));
}
