using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data.Storage;

namespace Nexus.Data.Audit;

/// <summary>Checkpoints in both places: the database, and files that whoever writes to the database alone cannot reach.</summary>
internal sealed class CheckpointStore(IDbContextFactory<NexusDb> contexts, IOptions<NexusOptions> options, TimeProvider time)
{
    private readonly string _directory = options.Value.PathOf("checkpoints");

    /// <summary>The file first: a checkpoint that the database knows was on the disk before.</summary>
    public async Task KeepAsync(CheckpointNote note, string text, CancellationToken ct)
    {
        Directory.CreateDirectory(_directory);
        var path = PathOf(note.Size);
        await using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(CheckpointNote.Bytes(text), ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".new", path, overwrite: true); // half a checkpoint would look like a forged one

        var checkpoint = new LedgerCheckpoint
        {
            Id = Ids.New(time),
            Size = note.Size,
            Root = Convert.ToBase64String(note.Root),
            Text = text,
            CreatedAt = time.GetUtcNow(),
        };
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.LedgerCheckpoints.AnyAsync(c => c.Size == note.Size, ct)) return; // another node's: over the same entries the same text
        db.LedgerCheckpoints.Add(checkpoint);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException taken) when (UniqueViolation.Is(taken))
        {
            // Another node has made it at the same moment.
        }
    }

    public async Task<LedgerCheckpoint?> LastAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.LedgerCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(ct);
    }

    /// <summary>All that is kept, by the size that its place names: rows and files.</summary>
    public async Task<List<(long Size, string Where, string Text)>> ReadAllAsync(CancellationToken ct)
    {
        var all = new List<(long Size, string Where, string Text)>();
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            await foreach (var row in db.LedgerCheckpoints.AsNoTracking().Select(c => new { c.Size, c.Text }).AsAsyncEnumerable().WithCancellation(ct))
            {
                all.Add((row.Size, "in the database", row.Text));
            }
        }

        if (!Directory.Exists(_directory)) return all;
        foreach (var path in Directory.EnumerateFiles(_directory, "*.checkpoint"))
        {
            if (!long.TryParse(Path.GetFileNameWithoutExtension(path), out var size)) continue;
            all.Add((size, $"in checkpoints/{Path.GetFileName(path)}", await File.ReadAllTextAsync(path, ct)));
        }

        return all;
    }

    private string PathOf(long size) => Path.Combine(_directory, $"{size:D12}.checkpoint");
}
