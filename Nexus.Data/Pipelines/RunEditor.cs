using Microsoft.EntityFrameworkCore;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Live;

namespace Nexus.Data.Pipelines;

/// <summary>What people write on a run: its note and its tags.</summary>
public sealed class RunEditor(IDbContextFactory<NexusDb> contexts, LiveEvents live)
{
    private const int MaxNote = 20_000;
    private const int MaxTags = 100;
    private const int MaxConflicts = 10;

    /// <param name="note">Markdown; null leaves it as it is.</param>
    /// <param name="tags">All of them; null leaves them as they are.</param>
    /// <exception cref="RefusedException">NotFound; Invalid: too long, too many, or a tag without a name.</exception>
    public async Task EditAsync(Guid runId, string? note, IReadOnlyDictionary<string, string>? tags, Actor actor, CancellationToken ct)
    {
        actor.DemandUnlessSystem(Role.Engineer);
        Check(note, tags);
        for (var conflicts = 0; ; conflicts++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var run = await db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) ?? throw Refused.NotFound("run", runId);
            var noted = note is not null && note != run.Note;
            if (noted) run.Note = note!;
            var changed = tags is null ? [] : await TagAsync(db, runId, tags, ct);
            if (!noted && changed.Count == 0) return;
            Ledger.Append(db, actor, "run.edited", $"run/{runId}", new { pipeline = run.PipelineName, number = run.Number, note = noted ? run.Note.Length : (int?)null, tags = changed });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateConcurrencyException) when (conflicts < MaxConflicts)
            {
                continue; // The heartbeat of its worker came between.
            }

            live.Publish($"run:{runId}", "run", new { id = runId });
            return;
        }
    }

    private static void Check(string? note, IReadOnlyDictionary<string, string>? tags)
    {
        if (note?.Length > MaxNote) throw Refused.Invalid("note", $"A note has at most {MaxNote:N0} characters.");
        if (tags?.Count > MaxTags) throw Refused.Invalid("tags", $"A run has at most {MaxTags} tags.");
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
        {
            if (key.Length is 0 or > 250 || key.Any(char.IsControl) || key != key.Trim()) throw Refused.Invalid("tags", "A tag's name has 1 to 250 characters, none at its ends a space.");
            if (value.Length > 1000) throw Refused.Invalid("tags", "A tag's value has at most 1,000 characters.");
        }
    }

    // What changed: null where a tag was removed.
    private static async Task<Dictionary<string, string?>> TagAsync(NexusDb db, Guid runId, IReadOnlyDictionary<string, string> tags, CancellationToken ct)
    {
        var known = await db.RunTags.Where(t => t.RunId == runId).ToDictionaryAsync(t => t.Key, ct);
        var changed = new Dictionary<string, string?>();
        foreach (var tag in known.Values.Where(tag => !tags.ContainsKey(tag.Key)))
        {
            db.RunTags.Remove(tag);
            changed[tag.Key] = null;
        }

        foreach (var (key, value) in tags)
        {
            var tag = known.GetValueOrDefault(key);
            if (tag?.Value == value) continue;
            changed[key] = value;
            if (tag is null) db.RunTags.Add(new() { RunId = runId, Key = key, Value = value });
            else tag.Value = value;
        }

        return changed;
    }
}
