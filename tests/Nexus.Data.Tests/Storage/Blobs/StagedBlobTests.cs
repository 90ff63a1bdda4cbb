using Nexus.Data.Storage;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Storage.Blobs;

public sealed class StagedBlobTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Content_is_a_blob_only_when_the_device_has_it()
    {
        await using var database = await TestDatabase.StartAsync();
        var blobs = database.Get<BlobStore>();
        using var taken = await blobs.StageAsync(new MemoryStream([1, 2, 3]), Stop);
        var (path, flushed) = (blobs.NewPath(), new TaskCompletionSource());
        File.Copy(taken.Path, path);
        using var staged = new StagedBlob(path, taken.Blob, flushed.Task);

        var keeping = blobs.KeepAsync(staged, Stop);

        await Task.Delay(100, Stop);
        keeping.IsCompleted.ShouldBeFalse();
        (await blobs.ExistsAsync(taken.Blob.Digest, Stop)).ShouldBeFalse();
        flushed.SetResult();
        await keeping;
        (await blobs.ReadAsync(taken.Blob.Digest, Stop)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Content_that_the_device_did_not_take_is_no_blob()
    {
        await using var database = await TestDatabase.StartAsync();
        var blobs = database.Get<BlobStore>();
        using var taken = await blobs.StageAsync(new MemoryStream([4, 5, 6]), Stop);
        using var staged = new StagedBlob(taken.Path, taken.Blob, Task.FromException(new IOException("full")));

        await Should.ThrowAsync<IOException>(() => blobs.KeepAsync(staged, Stop));

        (await blobs.ExistsAsync(taken.Blob.Digest, Stop)).ShouldBeFalse();
    }
}
