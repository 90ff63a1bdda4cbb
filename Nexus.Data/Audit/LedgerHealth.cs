using Nexus.Data.Live;

namespace Nexus.Data.Audit;

/// <summary>
/// What every page shows of the ledger: up to where it is verified, and where it is broken. Blocks nothing. A change is
/// published under the topic <c>ledger</c> as <c>health</c>.
/// </summary>
public sealed class LedgerHealth(LiveEvents live)
{
    private LedgerState _state = new(0, null, null);

    public LedgerState State => Volatile.Read(ref _state);

    internal void Set(LedgerState state)
    {
        var before = Interlocked.Exchange(ref _state, state);
        if (before != state) live.Publish("ledger", "health", state);
    }
}
