using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Transfer;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Storage.Blobs;

/// <summary>
/// Objects in a bucket, with a cache of files on this machine for the engines that read by name. What is fetched is held against its
/// digest. An object knows no lock: who removes one and who puts the same one again take turns by the database.
/// </summary>
internal sealed class S3Blobs(IAmazonS3 s3, NexusOptions.BlobOptions options, BlobCache cache, IDbContextFactory<NexusDb> contexts, TimeProvider time)
    : IBlobHome, IDisposable
{
    /// <summary>What was put just now need not be put again; far less than a blob's shortest time of grace.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>More than that is not copied in one call, but put again.</summary>
    private const long MostCopied = 5L * 1024 * 1024 * 1024;

    private readonly TransferUtility _transfer = new(s3);

    public string Root => cache.Root;

    /// <param name="credentials">Null: by the means of the SDK.</param>
    public static AmazonS3Client Client(NexusOptions.BlobOptions options, AWSCredentials? credentials = null)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.Endpoint is not null,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 5,

            // Content is held against its digest here; other servers do not know the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is { } endpoint) (config.ServiceURL, config.AuthenticationRegion) = (endpoint, options.Region ?? "us-east-1");
        else if (options.Region is { } region) config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        return credentials is null ? new(config) : new(credentials, config);
    }

    /// <summary>Whether the bucket's server failed or could not be reached, as against what it refused.</summary>
    internal static bool SaysAway(Exception exception) => exception is AmazonServiceException { StatusCode: 0 or >= HttpStatusCode.InternalServerError } or HttpRequestException;

    /// <summary>By the head of an object that is none.</summary>
    public Task ProbeAsync(CancellationToken ct) => HeadAsync(new string('0', 64), ct);

    public async Task KeepAsync(string file, BlobRef blob, CancellationToken ct)
    {
        var there = await HeadAsync(blob.Digest, ct) is { } at && (at > time.GetUtcNow() - Fresh || await TryTouchAsync(blob, ct));
        if (!there) await _transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = options.Bucket, Key = Key(blob.Digest), FilePath = file, ContentType = "application/octet-stream" }, ct);
        cache.Take(file, blob.Digest);
    }

    public async Task<string> FetchAsync(string digest, CancellationToken ct)
    {
        if (cache.Find(digest) is { } here) return here;
        var incoming = cache.NewPath();
        try
        {
            using var answer = await s3.GetObjectAsync(options.Bucket, Key(digest), ct);
            await using (var file = new FileStream(incoming, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await answer.ResponseStream.CopyToAsync(file, ct);
                file.Position = 0;
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct)) != digest) throw new IOException($"Blob {digest} came damaged from the bucket.");
            }

            return cache.Take(incoming, digest);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException("There is no such blob.", digest, missing);
        }
        catch (AmazonServiceException failure)
        {
            throw new IOException($"Blob {digest} cannot be read from the bucket: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    public async Task<bool> ExistsAsync(string digest, CancellationToken ct) => await HeadAsync(digest, ct) is not null;

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pages = s3.Paginators.ListObjectsV2(new() { BucketName = options.Bucket, Prefix = options.Prefix });
        await foreach (var found in pages.S3Objects.WithCancellation(ct))
        {
            var digest = found.Key[options.Prefix.Length..].Replace("/", "", StringComparison.Ordinal);
            if (BlobPath.IsDigest(digest)) yield return new(digest, Utc(found.LastModified));
        }
    }

    public async Task<bool> RemoveAsync(string digest, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(Turn.Blobs, ct);
        if (await HeadAsync(digest, ct) is not { } at || at >= since) return false;
        await s3.DeleteObjectAsync(options.Bucket, Key(digest), ct);
        return true;
    }

    public void Dispose()
    {
        _transfer.Dispose();
        s3.Dispose();
    }

    /// <returns>False where it has gone, or is to be put again.</returns>
    private async Task<bool> TryTouchAsync(BlobRef blob, CancellationToken ct)
    {
        if (blob.Bytes > MostCopied) return false;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(Turn.Blobs, ct);
        if (await HeadAsync(blob.Digest, ct) is null) return false;
        await s3.CopyObjectAsync(
            new()
            {
                SourceBucket = options.Bucket,
                SourceKey = Key(blob.Digest),
                DestinationBucket = options.Bucket,
                DestinationKey = Key(blob.Digest),
                MetadataDirective = S3MetadataDirective.REPLACE,
                ContentType = "application/octet-stream",
            },
            ct);
        return true;
    }

    private async Task<DateTimeOffset?> HeadAsync(string digest, CancellationToken ct)
    {
        try
        {
            return Utc((await s3.GetObjectMetadataAsync(options.Bucket, Key(digest), ct)).LastModified);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private string Key(string digest) => BlobPath.IsDigest(digest) ? $"{options.Prefix}{digest[..2]}/{digest[2..]}" : throw new ArgumentException("Not a digest.", nameof(digest));

    private static DateTimeOffset Utc(DateTime? at) => at is { } time ? new(time.ToUniversalTime()) : DateTimeOffset.MaxValue;
}
