namespace Nexus.Data.Pipelines.Comparing;

/// <summary>Runs beside one another.</summary>
/// <param name="Runs">In the order that they were asked for.</param>
/// <param name="Differing">Parameters that are not the same in all of them.</param>
/// <param name="Equal">Those that are.</param>
/// <param name="Curves">Metrics of which two runs or more have a history.</param>
/// <param name="More">Whether there were more runs than can be compared.</param>
public sealed record RunComparison(
    IReadOnlyList<ComparedRun> Runs, IReadOnlyList<string> Differing, IReadOnlyList<string> Equal, IReadOnlyList<string> Curves, bool More)
{
    /// <summary>The values at each path that is not the same in all runs, each with the positions of its runs; null: they have none.</summary>
    public IReadOnlyList<(string Path, IReadOnlyList<(string? Value, IReadOnlyList<int> Runs)> Values)> Differences(Func<ComparedRun, IReadOnlyDictionary<string, string>> of)
    {
        var tables = Runs.Select(of).ToList();
        return [.. tables.SelectMany(table => table.Keys).Distinct().Order(StringComparer.Ordinal)
            .Select(path => (path, Values: tables.Select((table, run) => (Value: table.GetValueOrDefault(path), Run: run)).GroupBy(pair => pair.Value)
                .Select(group => (group.Key, (IReadOnlyList<int>)[.. group.Select(pair => pair.Run)])).OrderByDescending(group => group.Item2.Count).ToList()))
            .Where(row => row.Values.Count > 1)
            .Select(row => (row.path, (IReadOnlyList<(string?, IReadOnlyList<int>)>)row.Values))];
    }
}
