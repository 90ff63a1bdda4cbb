using Microsoft.Extensions.Options;

namespace Nexus.Data.Datasets.Queries;

/// <summary>So many queries at once for one person, and so many in all; whoever comes beyond is refused, not queued.</summary>
internal sealed class QueryTurns(IOptions<QueryOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _working = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Dispose it when the query is over.</summary>
    /// <exception cref="RefusedException">TooMany.</exception>
    public IDisposable Take(string person)
    {
        lock (_lock)
        {
            var own = _working.GetValueOrDefault(person);
            if (own >= options.Value.PerPerson) throw Refused.TooMany($"{own} of your queries are still at work. Wait for one of them, or stop it.");
            if (_all >= options.Value.AtOnce) throw Refused.TooMany($"{_all} queries are at work on this node. Wait a little, then ask again.");
            _working[person] = own + 1;
            _all++;
        }

        return new Turn(this, person);
    }

    private void Return(string person)
    {
        lock (_lock)
        {
            _all--;
            if (--_working[person] == 0) _working.Remove(person);
        }
    }

    private sealed class Turn(QueryTurns turns, string person) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0) turns.Return(person);
        }
    }
}
