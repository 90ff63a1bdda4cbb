namespace Nexus.Data.Storage.Backups;

/// <summary>The files of a backup with their digests, in the form that <c>sha256sum -c</c> reads: digest, two blanks, path.</summary>
internal static class BackupSums
{
    public const string FileName = "SHA256SUMS";

    /// <summary>How many broken files are named; the others are counted.</summary>
    private const int Named = 20;

    public static string Line(string digest, string path) => $"{digest}  {path}";

    /// <summary>The paths below <paramref name="folder"/>, one after the other.</summary>
    public static IEnumerable<(string Digest, string Path)> Read(string root, string folder = "")
    {
        foreach (var line in File.ReadLines(Path.Combine(root, FileName)))
        {
            if (line.Length < 67 || line[64..66] != "  ") throw Refused.Invalid($"{FileName} has a line that is none: '{(line.Length > 80 ? line[..80] + "…" : line)}'.");
            var path = line[66..];
            if (!IsBelow(path)) throw Refused.Invalid($"{FileName} names '{path}', which does not lie in the backup.");
            if (path.StartsWith(folder, StringComparison.Ordinal)) yield return (line[..64], path);
        }
    }

    /// <summary>Holds every file against its digest.</summary>
    /// <exception cref="RefusedException">Invalid, naming what is broken and where.</exception>
    public static async Task VerifyAsync(string root, BackupManifest manifest, BackupProgress progress, CancellationToken ct)
    {
        var found = await DigestAsync(root, FileName, ct);
        if (found != manifest.Sums) throw Refused.Invalid($"The backup is broken: {FileName}: {Difference(found)}.");
        var broken = new List<string>();
        var more = 0;
        foreach (var (digest, path) in Read(root))
        {
            found = await DigestAsync(root, path, ct);
            progress.Add("verified", found is null ? 0 : new FileInfo(Path.Combine(root, path)).Length);
            if (found == digest) continue;
            if (broken.Count < Named) broken.Add($"{path}: {Difference(found)}");
            else more++;
        }

        progress.Say("verified");
        if (broken.Count > 0) throw Refused.Invalid($"The backup is broken: {string.Join("; ", broken)}{(more > 0 ? $"; and {more} more" : "")}.");
    }

    private static string Difference(string? found) => found is null ? "it is missing" : $"it is not what was backed up (its SHA-256 is {found})";

    private static async Task<string?> DigestAsync(string root, string path, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(root, path));
            return Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(file, ct));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsBelow(string path) => !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..");
}
