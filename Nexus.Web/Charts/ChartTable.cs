using Nexus.Web.Shell;

namespace Nexus.Web.Charts;

/// <summary>The numbers of a chart: shown instead of it by the button "Table", and downloaded as CSV.</summary>
/// <param name="Heads">One for each column.</param>
/// <param name="Rows">As many cells as there are heads; null where nothing is known.</param>
public sealed record ChartTable(IReadOnlyList<string> Heads, IReadOnlyList<ChartCell?[]> Rows)
{
    public static readonly ChartTable Empty = new([], []);

    public bool IsNumeric(int column) => Rows.Any(row => row[column] is { Numeric: true });

    /// <summary>Header first; a column with intervals has two more for their ends.</summary>
    public IEnumerable<string> Lines()
    {
        var bands = Enumerable.Range(0, Heads.Count).Select(column => Rows.Any(row => row[column] is { Lower: not null, Upper: not null })).ToArray();
        yield return CsvText.Line(Heads.SelectMany((head, i) => bands[i] ? new object?[] { head, $"{head} lower", $"{head} upper" } : [head]));
        foreach (var row in Rows)
            yield return CsvText.Line(row.SelectMany((cell, i) => bands[i] ? new[] { cell?.Value, cell?.Lower, cell?.Upper } : [cell?.Value]));
    }
}
