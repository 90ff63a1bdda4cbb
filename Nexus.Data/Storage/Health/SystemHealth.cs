using System.Collections.Concurrent;
using Nexus.Data.Live;

namespace Nexus.Data.Storage.Health;

/// <summary>What every page shows of this node: what it lacks, since when. A change is published under the topic <c>system</c>.</summary>
public sealed class SystemHealth(LiveEvents live, TimeProvider time)
{
    public const string Topic = "system";
    public const string Database = "database";
    public const string Disk = "disk";
    public const string Blobs = "blobs";
    public const string Journal = "journal";

    private readonly ConcurrentDictionary<string, SystemFault> _faults = new();

    /// <summary>Empty while all is well.</summary>
    public IReadOnlyList<SystemFault> Faults => _faults.IsEmpty ? [] : [.. _faults.Values.OrderBy(f => f.Since)];

    public SystemFault? Find(string part) => _faults.GetValueOrDefault(part);

    /// <param name="what">Null where the part is well again.</param>
    /// <returns>Whether that is news.</returns>
    internal bool Set(string part, string? what)
    {
        if (what is null)
        {
            if (!_faults.TryRemove(part, out _)) return false;
            live.Publish(Topic, "recovered");
            return true;
        }

        var known = _faults.GetValueOrDefault(part);
        if (known?.What == what) return false;
        _faults[part] = new(part, what, known?.Since ?? time.GetUtcNow());
        live.Publish(Topic, "fault");
        return known is null;
    }
}
