using System.Text.Json;

namespace Nexus.Data.Storage.Backups;

/// <summary>What a backup is; written last, so that one without it is not whole.</summary>
/// <param name="Format">Of the folder's layout.</param>
/// <param name="Database">As <c>Nexus:Database:Provider</c> has it.</param>
/// <param name="Migration">The last one that the database had.</param>
/// <param name="Tables">In the order in which they are filled; empty where the database is one file.</param>
/// <param name="Damaged">Digests of blobs that the store itself held damaged: they are not in the backup.</param>
/// <param name="Sums">SHA-256 of the file <see cref="BackupSums.FileName"/>, lower-case hex.</param>
internal sealed record BackupManifest(
    int Format,
    string Portal,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    string Database,
    string Migration,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<string> Damaged,
    long Files,
    long Bytes,
    string Sums)
{
    public const string FileName = "manifest.json";
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!Directory.Exists(folder)) throw Refused.NotFound("backup", folder);
        if (!File.Exists(path)) throw Refused.Invalid($"{folder} holds no whole backup: {FileName}, which is written last, is missing.");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(path), Json);
            return manifest is { Format: CurrentFormat, Sums: not null, Tables: not null }
                ? manifest
                : throw Refused.Invalid($"{path} is of a form that this portal does not know; it reads form {CurrentFormat}.");
        }
        catch (JsonException broken)
        {
            throw Refused.Invalid($"{path} is broken: {broken.Message}");
        }
    }

    public void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, this, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path);
    }
}
