using System.Globalization;
using Nexus.Data;
using Nexus.Data.Datasets;

namespace Nexus.Jobs.Pipelines.Components;

/// <summary>Holds a table to a reference: schema first, then each column's values and distribution.</summary>
internal sealed class TableValidator(TableStatistics statistics, ValidationLimits limits)
{
    // Text with more distinct values is content rather than a category.
    private const int MaxCategories = 100;
    private readonly List<Anomaly> _anomalies = [];

    /// <param name="before">The reference's columns; null where there is no reference.</param>
    public async Task<IReadOnlyList<Anomaly>> CheckAsync(
        IReadOnlyList<DatasetColumn> columns, IReadOnlyList<DatasetColumn>? before, Action<double?, string> progress, CancellationToken ct)
    {
        var rows = statistics.Rows("current");
        if (rows < limits.MinRows) Add(null, "DATASET_LOW_NUM_EXAMPLES", Anomaly.Error, "too few rows", $"There are {rows:N0} rows; at least {limits.MinRows:N0} are asked for.");
        var rowsBefore = before is null ? 0 : statistics.Rows("reference");
        if (rows < rowsBefore / 2) Add(null, "DATASET_LOW_NUM_EXAMPLES", Anomaly.Warning, "far fewer rows", $"There are {rows:N0} rows, less than half of the reference's {rowsBefore:N0}.");
        if (before is not null) CheckSchema(columns, before);
        if (rows == 0) return _anomalies;

        for (var i = 0; i < columns.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            progress((double)i / columns.Count, $"{i} of {columns.Count} columns");
            await CheckColumnAsync(columns[i], before?.FirstOrDefault(c => c.Name == columns[i].Name), rows, rowsBefore, ct);
        }

        return [.. _anomalies.OrderBy(a => a.Severity == Anomaly.Error ? 0 : 1)];
    }

    /// <summary>Jensen-Shannon divergence by the natural logarithm, 0…ln 2 (Lin 1991, eq. 4.1).</summary>
    internal static double JensenShannon(IReadOnlyList<long> p, IReadOnlyList<long> q)
    {
        double sumP = p.Sum(), sumQ = q.Sum(), divergence = 0;
        if (sumP == 0 || sumQ == 0) return 0;
        for (var i = 0; i < p.Count; i++)
        {
            double a = p[i] / sumP, b = q[i] / sumQ, middle = (a + b) / 2;
            if (a > 0) divergence += a * Math.Log(a / middle) / 2;
            if (b > 0) divergence += b * Math.Log(b / middle) / 2;
        }

        return Math.Max(0, divergence);
    }

    private void CheckSchema(IReadOnlyList<DatasetColumn> columns, IReadOnlyList<DatasetColumn> before)
    {
        var now = columns.ToDictionary(c => c.Name, c => c.Type);
        foreach (var column in before)
        {
            if (!now.TryGetValue(column.Name, out var type))
            {
                Add(column.Name, "SCHEMA_MISSING_COLUMN", Anomaly.Error, "column missing", $"'{column.Name}' ({column.Type}) is in the reference but not here.");
            }
            else if (type != column.Type)
            {
                // Whole numbers and numbers are read alike by everything after it.
                var mild = IsNumber(type) && IsNumber(column.Type);
                Add(column.Name, "UNEXPECTED_DATA_TYPE", mild ? Anomaly.Warning : Anomaly.Error, "another type", $"'{column.Name}' is {type}; in the reference it is {column.Type}.");
            }
        }

        foreach (var column in columns.Where(c => before.All(b => b.Name != c.Name)))
            Add(column.Name, "SCHEMA_NEW_COLUMN", Anomaly.Warning, "new column", $"'{column.Name}' ({column.Type}) is not in the reference.");
    }

    private async Task CheckColumnAsync(DatasetColumn column, DatasetColumn? before, long rows, long rowsBefore, CancellationToken ct)
    {
        var now = await statistics.ColumnAsync("current", column, ct);
        if (now.NotNumbers > 0) Add(column.Name, "FLOAT_TYPE_HAS_NAN", Anomaly.Warning, "not a number", $"'{column.Name}' holds NaN in {now.NotNumbers:N0} rows.");
        if (now.Present == 0)
        {
            // Empty all along is how the data is.
            Add(column.Name, "FEATURE_TYPE_NOT_PRESENT", before is null ? Anomaly.Warning : Anomaly.Error, "no values", $"'{column.Name}' has no value in any row.");
            return;
        }

        if (before is null || rowsBefore == 0) return;
        var then = await statistics.ColumnAsync("reference", before, ct);
        double missing = 1 - ((double)now.Present / rows), missingThen = 1 - ((double)then.Present / rowsBefore);
        if (missing > missingThen + limits.Missing)
            Add(column.Name, "FEATURE_TYPE_LOW_FRACTION_PRESENT", Anomaly.Error, "more values missing", $"'{column.Name}' is missing in {Percent(missing)} of the rows; in the reference in {Percent(missingThen)}.");
        if (then.Present == 0) return;
        if (IsNumber(column.Type) && IsNumber(before.Type))
        {
            CheckRange(column, (now.Minimum, now.Maximum), (then.Minimum, then.Maximum));
            await CheckNumberAsync(column, ct);
        }
        else if (column.Type is "text" or "boolean" && before.Type == column.Type)
        {
            await CheckValuesAsync(column, ct);
        }
    }

    private void CheckRange(DatasetColumn column, (double? Minimum, double? Maximum) now, (double? Minimum, double? Maximum) then)
    {
        var kind = column.Type == "integer" ? "INT_TYPE" : "FLOAT_TYPE";
        if (now.Maximum > then.Maximum)
            Add(column.Name, $"{kind}_BIG_{kind[..^5]}", Anomaly.Warning, "larger values", $"'{column.Name}' goes up to {Words(now.Maximum)}; in the reference to {Words(then.Maximum)}.");
        if (now.Minimum < then.Minimum)
            Add(column.Name, $"{kind}_SMALL_{kind[..^5]}", Anomaly.Warning, "smaller values", $"'{column.Name}' goes down to {Words(now.Minimum)}; in the reference to {Words(then.Minimum)}.");
    }

    private async Task CheckNumberAsync(DatasetColumn column, CancellationToken ct)
    {
        var (then, now) = await statistics.BinsAsync(column.Name, ct);
        var divergence = JensenShannon(then, now);
        if (divergence > limits.JensenShannon)
            Add(column.Name, "COMPARATOR_JENSEN_SHANNON_DIVERGENCE_HIGH", limits.DriftSeverity, "another distribution", $"'{column.Name}' is distributed otherwise: Jensen-Shannon divergence {Words(divergence)} is above {Words(limits.JensenShannon)}.");
    }

    private async Task CheckValuesAsync(DatasetColumn column, CancellationToken ct)
    {
        if (await statistics.ValuesAsync(column.Name, MaxCategories, ct) is not { } values) return;
        double sumThen = values.Sum(v => v.Reference), sumNow = values.Sum(v => v.Current);
        if (sumThen == 0 || sumNow == 0) return;
        var unseen = values.Where(v => v.Reference == 0).ToList();
        var share = unseen.Sum(v => v.Current) / sumNow;
        if (share > limits.Unseen)
            Add(column.Name, "ENUM_TYPE_UNEXPECTED_STRING_VALUES", Anomaly.Error, "unexpected values", $"'{column.Name}' has {unseen.Count:N0} values that the reference does not have, in {Percent(share)} of the rows: {string.Join(", ", unseen.Take(5).Select(v => $"'{Shorten(v.Value)}'"))}{(unseen.Count > 5 ? " …" : "")}.");
        var worst = values.MaxBy(v => Math.Abs((v.Current / sumNow) - (v.Reference / sumThen)));
        var distance = Math.Abs((worst.Current / sumNow) - (worst.Reference / sumThen));
        if (distance > limits.LInfinity)
            Add(column.Name, "COMPARATOR_L_INFTY_HIGH", limits.DriftSeverity, "other shares", $"'{column.Name}' is distributed otherwise: the share of '{Shorten(worst.Value)}' went from {Percent(worst.Reference / sumThen)} to {Percent(worst.Current / sumNow)} (limit {Percent(limits.LInfinity)}).");
    }

    private void Add(string? column, string kind, string severity, string words, string sentence) =>
        _anomalies.Add(new(column, kind, severity, words, sentence));

    private static bool IsNumber(string type) => type is "integer" or "number";

    private static string Words(double? value) => value is { } number ? Figures.Text(number, digits: 6, whole: true) : "–";

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Shorten(string value) => value.Length <= 40 ? value : value[..39] + "…";
}
