namespace Nexus.Data.Storage.Blobs;

/// <summary>Blobs of elsewhere that were used on this machine: whole files, the least recently used let go when they grow too many.</summary>
internal sealed class BlobCache
{
    /// <summary>Whoever was given a path has opened it by then.</summary>
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(10);
    private readonly long _most;
    private readonly TimeProvider _time;
    private readonly Lock _trimming = new();
    private long _bytes;

    public BlobCache(string root, long mostBytes, TimeProvider time)
    {
        (Root, _most, _time) = (root, mostBytes, time);
        Directory.CreateDirectory(Path.Combine(root, BlobPath.Incoming));
        _bytes = BlobPath.All(root).Sum(f => f.File.Length);
    }

    public string Root { get; }

    public string NewPath() => Path.Combine(Root, BlobPath.Incoming, Guid.NewGuid().ToString("N"));

    /// <summary>Null where it is not here.</summary>
    public string? Find(string digest)
    {
        var path = BlobPath.Of(Root, digest);
        try
        {
            File.SetLastAccessTimeUtc(path, _time.GetUtcNow().UtcDateTime);
            return path;
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Takes a finished file over, which holds exactly that blob.</summary>
    public string Take(string file, string digest)
    {
        var path = BlobPath.Of(Root, digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.SetLastAccessTimeUtc(file, _time.GetUtcNow().UtcDateTime);
        var bytes = new FileInfo(file).Length;
        File.Move(file, path, overwrite: true);
        if (Interlocked.Add(ref _bytes, bytes) > _most) Trim();
        return path;
    }

    private void Trim()
    {
        lock (_trimming)
        {
            var files = BlobPath.All(Root).Select(f => f.File).OrderBy(f => f.LastAccessTimeUtc).ToList();
            var bytes = files.Sum(f => f.Length);
            var unused = _time.GetUtcNow().UtcDateTime - InUse;
            foreach (var file in files.TakeWhile(f => f.LastAccessTimeUtc < unused))
            {
                if (bytes <= _most - (_most / 10)) break; // a tenth more, so as not to trim at every file
                bytes -= file.Length;
                file.Delete();
            }

            Interlocked.Exchange(ref _bytes, bytes);
        }
    }
}
