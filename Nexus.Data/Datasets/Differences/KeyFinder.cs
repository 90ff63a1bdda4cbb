using DuckDB.NET.Data;

namespace Nexus.Data.Datasets.Differences;

/// <summary>Columns by which the rows of two versions can be told apart: one, or two together, with another value in every row of both.</summary>
internal static class KeyFinder
{
    private const int Candidates = 8;
    private const int PairCandidates = 5;
    private const int Suggestions = 3;

    /// <summary>What the profile's estimate of distinct values may be off; of two columns' product more.</summary>
    private const double Estimate = 0.9;
    private const double PairEstimate = 0.5;

    public static async Task<IReadOnlyList<IReadOnlyList<string>>> FindAsync(
        DuckDBConnection connection, VersionPair pair, IReadOnlyList<ColumnProfile> before, IReadOnlyList<ColumnProfile> now, CancellationToken ct)
    {
        var old = before.ToDictionary(c => c.Name, StringComparer.Ordinal);
        // A measured number is no key, however many values it has.
        var possible = now.Where(c => c.Missing == 0 && c.Type is not (ColumnTypes.Number or ColumnTypes.Boolean) && old.TryGetValue(c.Name, out var b) && b.Missing == 0 && b.Type == c.Type).ToList();
        var found = new List<IReadOnlyList<string>>();
        foreach (var column in possible.Where(c => IsNearlyUnique(c) && IsNearlyUnique(old[c.Name])).OrderByDescending(c => LooksLikeKey(c.Name)).Take(Candidates))
        {
            if (found.Count < Suggestions && await IsKeyAsync(connection, pair, [column.Name], ct)) found.Add([column.Name]);
        }

        if (found.Count > 0) return found;
        List<ColumnProfile> most = [.. possible.OrderByDescending(c => c.Distinct).Take(PairCandidates)];
        for (var i = 0; i < most.Count; i++)
        {
            for (var j = i + 1; j < most.Count && found.Count < Suggestions; j++)
            {
                if ((double)most[i].Distinct * most[j].Distinct < PairEstimate * most[i].Rows) continue;
                string[] key = [most[i].Name, most[j].Name];
                if (await IsKeyAsync(connection, pair, key, ct)) found.Add(key);
            }
        }

        return found;
    }

    /// <summary>Whether no two rows of either version have the same values there.</summary>
    public static async Task<bool> IsKeyAsync(DuckDBConnection connection, VersionPair pair, IReadOnlyList<string> key, CancellationToken ct) =>
        await RepeatsAsync(connection, pair.BeforeTable, key, ct) == 0 && await RepeatsAsync(connection, pair.NowTable, key, ct) == 0;

    /// <summary>How many values of the key more than one row has.</summary>
    public static Task<long> RepeatsAsync(DuckDBConnection connection, string table, IReadOnlyList<string> key, CancellationToken ct) => TableEngine.QueryAsync(
        connection,
        $"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {string.Join(", ", key.Select(TableEngine.Identifier))} HAVING count(*) > 1)",
        reader => reader.Read() ? reader.GetInt64(0) : 0,
        ct);

    private static bool IsNearlyUnique(ColumnProfile column) => column.Distinct >= Estimate * column.Rows;

    private static bool LooksLikeKey(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("key", StringComparison.OrdinalIgnoreCase);
}
