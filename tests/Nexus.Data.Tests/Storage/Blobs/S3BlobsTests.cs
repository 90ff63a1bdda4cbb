using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Blobs;
using Nexus.Data.Storage.Health;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage.Blobs;

/// <summary>Two nodes with a bucket between them.</summary>
public sealed class S3BlobsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(60));
    private readonly List<string> _folders = [];
    private readonly List<S3Blobs> _homes = [];
    private TestDatabase _database = null!;
    private FakeS3 _s3 = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _s3 = new(_time);
        _database = await TestDatabase.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var home in _homes) home.Dispose();
        await _s3.DisposeAsync();
        await _database.DisposeAsync();
        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Blob_put_at_one_node_is_read_at_the_other_and_kept_there()
    {
        var (a, b) = (Node().Store, Node().Store);
        var digest = (await a.PutTextAsync("hello", Stop)).Digest;

        (await b.ReadTextAsync(digest, Stop)).ShouldBe("hello");
        (await b.ExistsAsync(digest, Stop)).ShouldBeTrue();
        _s3.Objects.ShouldHaveSingleItem().Key.ShouldBe($"p/{digest[..2]}/{digest[2..]}");
        var calls = _s3.Calls.Count(c => c.StartsWith("GET", StringComparison.Ordinal));
        await using (var again = await b.OpenReadAsync(digest, Stop)) again.Length.ShouldBe(5);
        _s3.Calls.Count(c => c.StartsWith("GET", StringComparison.Ordinal)).ShouldBe(calls);
        await Should.ThrowAsync<FileNotFoundException>(b.FetchAsync(CanonicalJson.Digest("none"), Stop));
        Directory.EnumerateFiles(Path.Combine(b.Root, "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bucket_that_fails_or_is_gone_is_an_outage_and_one_that_refuses_is_none()
    {
        var node = Node();
        await node.Home.ProbeAsync(Stop);
        _s3.FailNext(6); // the first call and all that the SDK repeats
        Outage.Of(await Should.ThrowAsync<Exception>(() => node.Home.ProbeAsync(Stop))).ShouldBe(Outage.NoBlobs);
        Outage.Of(await Should.ThrowAsync<FileNotFoundException>(() => node.Store.FetchAsync(CanonicalJson.Digest("none"), Stop))).ShouldBeNull();

        await _s3.DisposeAsync();
        Outage.Of(await Should.ThrowAsync<Exception>(() => node.Store.FetchAsync(CanonicalJson.Digest("none"), Stop))).ShouldBe(Outage.NoBlobs);
        _s3 = new(_time);
    }

    [Fact]
    public async Task Large_blob_goes_in_parts_and_comes_back_the_same()
    {
        var bytes = RandomNumberGenerator.GetBytes(20 * 1024 * 1024);

        var blob = await Node().Store.PutAsync(new MemoryStream(bytes), Stop);

        _s3.Calls.ShouldContain(c => c.StartsWith("POST", StringComparison.Ordinal));
        (await Node().Store.ReadAsync(blob.Digest, Stop)).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Damaged_object_is_no_blob_and_leaves_nothing()
    {
        var digest = (await Node().Store.PutTextAsync("hello", Stop)).Digest;
        var key = _s3.Objects.Keys.Single();
        _s3.Objects[key] = (Encoding.UTF8.GetBytes("hallo"), _time.GetUtcNow());
        var other = Node().Store;

        (await Should.ThrowAsync<IOException>(other.FetchAsync(digest, Stop))).Message.ShouldContain("damaged");
        Directory.EnumerateFiles(other.Root, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Server_that_fails_now_and_then_is_asked_again()
    {
        var store = Node().Store;
        _s3.FailNext(2);

        var digest = (await store.PutTextAsync("hello", Stop)).Digest;

        (await Node().Store.ReadTextAsync(digest, Stop)).ShouldBe("hello");
    }

    [Fact]
    public async Task Blob_that_is_put_again_counts_as_new_and_is_not_removed()
    {
        var (store, home) = Node();
        var digest = (await store.PutTextAsync("hello", Stop)).Digest;
        _time.Advance(TimeSpan.FromDays(2));
        var since = _time.GetUtcNow().AddDays(-1);

        await Node().Store.PutTextAsync("hello", Stop);

        (await home.RemoveAsync(digest, since, Stop)).ShouldBeFalse();
        (await home.ListAsync(Stop).ToListAsync(Stop)).ShouldHaveSingleItem().TouchedAt.ShouldBe(_time.GetUtcNow());
        _time.Advance(TimeSpan.FromDays(2));
        (await home.RemoveAsync(digest, _time.GetUtcNow().AddDays(-1), Stop)).ShouldBeTrue();
        _s3.Objects.ShouldBeEmpty();
        (await home.RemoveAsync(digest, _time.GetUtcNow(), Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Blob_is_there_whenever_a_put_has_returned_however_removals_race_it()
    {
        var (a, home) = Node();
        var b = Node().Store;
        for (var i = 0; i < 30; i++)
        {
            await a.PutTextAsync("hello", Stop);
            _time.Advance(TimeSpan.FromDays(2));
            var removing = Task.Run(() => home.RemoveAsync(CanonicalJson.Digest("hello"), _time.GetUtcNow().AddDays(-1), Stop), Stop);
            await b.PutTextAsync("hello", Stop);
            await removing;

            _s3.Objects.Count.ShouldBe(1, $"round {i}");
        }
    }

    [Fact]
    public async Task All_are_listed_over_pages_and_what_is_no_blob_is_passed_over()
    {
        var (store, home) = Node();
        var put = new List<string>();
        for (var i = 0; i < 8; i++) put.Add((await store.PutTextAsync($"blob {i}", Stop)).Digest);
        _s3.Objects["p/readme"] = ([1], _time.GetUtcNow());
        _s3.Objects["elsewhere"] = ([1], _time.GetUtcNow());

        (await home.ListAsync(Stop).Select(b => b.Digest).ToListAsync(Stop)).ShouldBe(put, ignoreOrder: true);
    }

    [Fact]
    public void Cache_lets_go_of_what_was_used_longest_ago_but_of_nothing_in_use()
    {
        var folder = Folder();
        var cache = new BlobCache(folder, mostBytes: 100, _time);
        var digests = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var file = cache.NewPath();
            File.WriteAllText(file, new string((char)('a' + i), 30));
            digests.Add(CanonicalJson.Digest($"{i}"));
            cache.Take(file, digests[i]);
            if (i < 3) _time.Advance(TimeSpan.FromMinutes(20));
        }

        cache.Find(digests[0]).ShouldBeNull();
        cache.Find(digests[1]).ShouldBeNull();
        cache.Find(digests[3]).ShouldNotBeNull();
        cache.Find(digests[4]).ShouldNotBeNull();
        new BlobCache(folder, 100, _time).Find(digests[4]).ShouldNotBeNull();
    }

    private (BlobStore Store, S3Blobs Home) Node()
    {
        var options = new NexusOptions.BlobOptions { Provider = "S3", Bucket = FakeS3.Bucket, Prefix = "p/", Endpoint = _s3.Address };
        var cache = new BlobCache(Folder(), 1 << 30, _time);
        var home = new S3Blobs(S3Blobs.Client(options, new BasicAWSCredentials("key", "secret")), options, cache, _database.Get<IDbContextFactory<NexusDb>>(), _time);
        _homes.Add(home);
        return (new(home, Options.Create(new NexusOptions()), _time), home);
    }

    private string Folder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("nexus-s3-").FullName);
        return _folders[^1];
    }
}
