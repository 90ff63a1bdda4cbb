using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Options;
using Nexus.Data.Storage;
using Nexus.Data.Storage.Blobs;
using Nexus.Data.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage.Blobs;

public sealed class BlobSweepTests
{
    /// <summary>Texts as long as a digest, or of any length, that name no blob, or none that another column does not name: whoever adds a column decides.</summary>
    private static readonly string[] NameNone =
    [
        "ApiKey.Hash",
        "Approval.Change", "Approval.Evidence", "Approval.EvidenceDigest",
        "ConfigRevision.Digest", "ConfigRevision.Yaml",
        "DatasetVersion.Columns", "DatasetVersion.ContentKey", "DatasetVersion.Profile",
        "Decision.Payload", "Decision.Variant",
        "FeedbackItem.Identity",
        "IdempotentRequest.RequestDigest",
        "LedgerCheckpoint.Root",
        "LedgerEntry.Action", "LedgerEntry.Detail",
        "Model.Description", "Model.Tags",
        "ModelCardRevision.Sections",
        "ModelExplanation.Metrics", "ModelExplanation.Result",
        "ModelVersion.Description", "ModelVersion.Metrics", "ModelVersion.Provenance", "ModelVersion.Reference", "ModelVersion.Signature", "ModelVersion.Tags",
        "MonitoringMinute.Unseen",
        "Person.ConcurrencyStamp", "Person.PasswordHash", "Person.PhoneNumber", "Person.SecurityStamp",
        "PipelineRevision.Digest", "PipelineRevision.Yaml",
        "Run.Composed", "Run.ComposedDigest", "Run.Environment", "Run.Note", "Run.Origins", "Run.Overrides",
        "RunStep.CacheKey", "RunStep.CacheKeyParts", "RunStep.Component", "RunStep.Name",
        "SetupLink.TokenHash",
        "StepCacheEntry.Component",
        "StepLogChunk.Text",
        "Sweep.Overrides", "Sweep.Space", "Sweep.Stopping",
        "SweepTrial.Overrides",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_column_that_could_name_a_blob_says_whether_it_does()
    {
        await using var database = await TestDatabase.StartAsync();
        await using var db = database.Open();
        var could = db.Model.GetEntityTypes().SelectMany(e => e.GetDeclaredProperties())
            .Where(p => p.ClrType == typeof(string) && p.GetMaxLength() is null or 64 && p.FindContainingPrimaryKey() is null && !p.DeclaringType.ClrType.Name.StartsWith("Identity", StringComparison.Ordinal))
            .ToList();

        could.Where(p => !BlobNames.AreIn(p)).Select(Name).Order().ShouldBe(NameNone.Order());
        could.Where(BlobNames.AreIn).Select(Name).Order().ShouldBe(
        [
            "DatasetVersion.Digest", "DatasetVersion.ParquetDigest", "DecisionArchive.Digest", "ModelExplanation.RowsDigest", "ModelExplanation.Scores", "ModelVersion.Digest",
            "ModelVersion.Evaluation", "RunArtifact.Digest", "RunStep.Output", "StepCacheEntry.Output",
        ]);

        static string Name(IProperty property) => $"{property.DeclaringType.ClrType.Name}.{property.Name}";
    }

    [Fact]
    public async Task Sweep_removes_what_nothing_names_after_its_time_and_nothing_else()
    {
        await using var database = await TestDatabase.StartAsync();
        var (blobs, sweep) = (database.Get<BlobStore>(), database.Get<BlobSweep>());
        await database.ModelVersionAsync();
        var named = (await blobs.PutTextAsync("in a cached output", Stop)).Digest;
        var orphan = (await blobs.PutTextAsync("of nobody", Stop)).Digest;
        var fresh = (await blobs.PutTextAsync("of nobody yet", Stop)).Digest;
        string artifact;
        await using (var db = database.Open())
        {
            artifact = await db.ModelVersions.Select(v => v.Digest).FirstAsync(Stop);
            db.StepCacheEntries.Add(new() { CacheKey = "k", RunId = Guid.NewGuid(), StepId = Guid.NewGuid(), Component = "c", Output = CanonicalJson.Write(new { blobs = new { rows = named } }), CreatedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync(Stop);
        }

        foreach (var digest in (string[])[artifact, named, orphan]) File.SetLastWriteTimeUtc(await blobs.FetchAsync(digest, Stop), DateTime.UnixEpoch.AddYears(50));

        (await sweep.SweepAsync(Stop)).ShouldBe(1);

        (await blobs.ExistsAsync(orphan, Stop)).ShouldBeFalse();
        foreach (var digest in (string[])[artifact, named, fresh]) (await blobs.ExistsAsync(digest, Stop)).ShouldBeTrue();
        (await sweep.SweepAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Blob_of_files_is_there_whenever_a_put_has_returned_however_removals_race_it()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-blobs-").FullName;
        var options = Options.Create(new NexusOptions { DataDirectory = folder });
        var (home, other) = (new FileBlobs(options, TimeProvider.System), new FileBlobs(options, TimeProvider.System)); // as two processes
        var (store, again) = (new BlobStore(home, options, TimeProvider.System), new BlobStore(other, options, TimeProvider.System));
        var digest = CanonicalJson.Digest("hello");
        var (removed, stayed) = (0, 0);
        for (var i = 0; i < 400; i++)
        {
            await store.PutTextAsync("hello", Stop);
            File.SetLastWriteTimeUtc(await home.FetchAsync(digest, Stop), DateTime.UnixEpoch.AddYears(50));
            var since = TimeProvider.System.GetUtcNow().AddHours(-1);
            var removing = Task.Run(() => home.RemoveAsync(digest, since, Stop), Stop);
            var sweeping = Task.Run(() => other.RemoveAsync(digest, since, Stop), Stop);
            await again.PutTextAsync("hello", Stop);
            if (await removing | await sweeping) removed++;
            else stayed++;

            (await store.ReadTextAsync(digest, Stop)).ShouldBe("hello", $"round {i}");
        }

        (removed + stayed).ShouldBe(400);
        Directory.EnumerateFiles(Path.Combine(home.Root, "incoming")).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Blob_taken_aside_by_a_process_that_was_killed_is_back_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("nexus-blobs-").FullName;
        var options = Options.Create(new NexusOptions { DataDirectory = folder });
        var home = new FileBlobs(options, TimeProvider.System);
        var digest = (await new BlobStore(home, options, TimeProvider.System).PutTextAsync("hello", Stop)).Digest;
        File.Move(await home.FetchAsync(digest, Stop), Path.Combine(home.Root, "incoming", $"condemned-{digest}.x"));

        var next = new FileBlobs(options, TimeProvider.System);

        (await next.ExistsAsync(digest, Stop)).ShouldBeTrue();
        Directory.Delete(folder, recursive: true);
    }
}
