using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Samples;

/// <summary>Says of any thing whether it belongs to the sample workspace. Asked by every page, so answered from memory.</summary>
public sealed class SampleMarks(IDbContextFactory<NexusDb> contexts)
{
    private FrozenSet<string> _subjects = FrozenSet<string>.Empty;

    /// <summary>Whether there is a sample workspace at all.</summary>
    public bool Any => _subjects.Count > 0;

    /// <param name="subject">As the ledger writes subjects; of a version, its name without the number: <c>dataset/loans</c>.</param>
    public bool Has(string subject) => _subjects.Contains(subject);

    /// <summary>Call at start, and after the sample was made or removed.</summary>
    public async Task ReloadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        _subjects = (await db.SampleThings.Select(t => t.Subject).ToListAsync(ct)).ToFrozenSet(StringComparer.Ordinal);
    }
}
