using System.Globalization;
using Nexus.Data.Datasets;

namespace Nexus.Inference.Datasets;

/// <summary>A column that both versions have, and how its values fall into bins.</summary>
/// <param name="Edges">Interior edges, ascending: bins are (−∞, e₁], (e₁, e₂] … (eₖ, ∞). Null for categories.</param>
internal sealed record ComparedColumn(ColumnProfile Before, ColumnProfile Now, ColumnScale Scale, IReadOnlyList<double>? Edges = null)
{
    public const int ShapeBins = 24;

    /// <summary>Up to so many distinct values a text is taken for categories.</summary>
    private const long Categories = 1000;

    /// <summary>From here on nearly every row has a value of its own; distinct values are estimates.</summary>
    private const double NearlyAll = 0.9;
    private const long FewRows = 100;
    private const double Gaps = 4;

    public string Name => Now.Name;

    public static ComparedColumn? Of(ColumnProfile before, ColumnProfile now)
    {
        if (ColumnTypes.IsNumeric(before.Type) && ColumnTypes.IsNumeric(now.Type)) return new(before, now, IsIdentifier(before) && IsIdentifier(now) ? ColumnScale.Identifier : ColumnScale.Number);
        if (ColumnTypes.IsTime(before.Type) && ColumnTypes.IsTime(now.Type)) return new(before, now, ColumnScale.Time);
        if (before.Type != now.Type) return null;
        return new(before, now, now.Type == ColumnTypes.Boolean || (before.Distinct <= Categories && now.Distinct <= Categories) ? ColumnScale.Category : ColumnScale.Length);
    }

    // Whole numbers of which nearly every row has its own: of measurements too where they spread widely, so that numbers without gaps are
    // asked for, or such as nobody measures.
    private static bool IsIdentifier(ColumnProfile column) =>
        column.Type == ColumnTypes.Integer && column.Rows >= FewRows && column.Distinct >= NearlyAll * column.Rows
        && (Bound(column.Max) - Bound(column.Min) is not { } span || span <= Gaps * column.Rows || Bound(column.Max) > uint.MaxValue);

    private static double? Bound(string? value) => double.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The value as a number: of a time its microseconds, of a free text its length.</summary>
    public string Number()
    {
        var c = TableEngine.Identifier(Name);
        return Scale switch
        {
            ColumnScale.Time => $"CAST(epoch_us(CAST({c} AS TIMESTAMP)) AS DOUBLE)",
            ColumnScale.Length => $"CAST(length({c}) AS DOUBLE)",
            _ => $"CAST({c} AS DOUBLE)",
        };
    }

    /// <summary>The value as a category.</summary>
    public string Category() => $"left(CAST({TableEngine.Identifier(Name)} AS VARCHAR), 200)";

    /// <summary>Which of the bins by <see cref="Edges"/> it falls into; NULL where it is missing.</summary>
    public string Bin()
    {
        var x = Number();
        return Edges!.Count == 0
            ? $"CASE WHEN {x} IS NULL THEN NULL ELSE 0 END"
            : $"({string.Join(" + ", Edges.Select(e => $"CAST({x} > {Text(e)} AS INTEGER)"))})";
    }

    /// <summary>Which of the equal-width bins over both versions' range; null where there is no range.</summary>
    public string? ShapeBin(double? least, double? greatest)
    {
        if (least is not { } low || greatest is not { } high || !double.IsFinite(high - low)) return null;
        return high > low
            ? $"CAST(greatest(0, least({ShapeBins - 1}, floor(({Number()} - {Text(low)}) / {Text(high - low)} * {ShapeBins}))) AS INTEGER)"
            : $"CASE WHEN {Number()} IS NULL THEN NULL ELSE 0 END";
    }

    private static string Text(double value) => $"({value.ToString("R", CultureInfo.InvariantCulture)}::DOUBLE)";
}
