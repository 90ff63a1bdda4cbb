using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Datasets;
using Nexus.Inference.Datasets;
using Nexus.Web.Shell;

namespace Nexus.Web.Datasets;

/// <summary>One column in full: figures, both distributions, frequent values.</summary>
public sealed partial class ColumnDetail : ComponentBase
{
    private static readonly string[] Ranks = ["5 %", "25 %", "median", "75 %", "95 %"];

    [Parameter, EditorRequired] public ColumnProfile Column { get; set; } = null!;
    [Parameter] public ColumnChange? Change { get; set; }
    [Parameter] public DatasetComparison? Comparison { get; set; }

    private string? Low => Change?.Shape?.Labels is { } labels ? labels[0] : Cut(Column.Min);

    private string? High => Change?.Shape?.Labels is { } labels ? labels[^1] : Cut(Column.Max);

    private IEnumerable<(string Name, string Value)> Figures
    {
        get
        {
            yield return ("rows", Format.Count(Column.Rows));
            yield return ("missing", $"{Format.Count(Column.Missing)} ({Format.Percent(Column.Rows == 0 ? null : Column.Missing / (double)Column.Rows)})");
            yield return ("distinct", Format.Count(Column.Distinct));
            yield return ("least", Cut(Column.Min));
            if (Column.Quantiles is { } quantiles)
            {
                foreach (var (rank, value) in Ranks.Zip(quantiles)) yield return (rank, Text(value));
            }

            yield return ("greatest", Cut(Column.Max));
            if (Column.Mean is { } mean) yield return ("mean", Format.Number(mean));
            if (Column.StandardDeviation is { } deviation) yield return ("standard deviation", Format.Number(deviation));
            if (Column.MedianWords is { } words) yield return ("median words", Format.Number(words));
            if (Change is not { Psi: not null } change) yield break;
            yield return ("PSI", Format.Decimal(change.Psi));
            yield return ("limit", change.Limit is null ? Format.Unknown : Format.Decimal(change.Limit));
            yield return ("adjusted p", ChangeWords.P(change.AdjustedP));
        }
    }

    private string Cut(string? text) => text is null ? Format.Unknown
        : ColumnTypes.IsNumeric(Column.Type) && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? Format.Number(number)
        : Format.MiddleCut(text, 40);

    private string Text(double value) => ColumnTypes.IsTime(Column.Type)
        ? DateTimeOffset.UnixEpoch.AddMicroseconds(value).ToString(Column.Type == ColumnTypes.Date ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : Format.Number(value);

    private bool IsNew(string value) => Change?.NewValues?.Any(v => v.Value == value) == true;

    private double Share(long count) => count / (double)Math.Max(1, Column.Rows - Column.Missing);

    private string Width(long count) => (100.0 * count / Math.Max(1, Column.Top[0].Count)).ToString("0.#", CultureInfo.InvariantCulture);
}
