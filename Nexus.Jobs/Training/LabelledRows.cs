using Nexus.Data.Datasets;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training;

/// <summary>Reads a split's raw columns together with what its rows were labelled.</summary>
internal sealed class LabelledRows(TableEngine tables)
{
    /// <summary>A class that the training split does not have; nothing can predict it.</summary>
    public const int UnknownClass = -1;

    private const string LabelKey = "\0label";

    public async Task<(RawTable Table, double[] Labels)> ReadAsync(
        string parquet, IReadOnlyList<DatasetColumn> columns, FeaturePlan plan, CancellationToken ct)
    {
        var labelType = plan.Task == "regression" ? "number" : "text";
        var table = await new RawTableReader(tables).ReadAsync(parquet, columns, ct, (LabelKey, plan.Label, labelType));
        var label = table.Columns[LabelKey];
        var places = plan.Classes.Index().ToDictionary(c => c.Item, c => (double)c.Index, StringComparer.Ordinal);
        double[] labels = plan.Task == "regression"
            ? [.. label.Numbers!.Select(n => (double)n)]
            : [.. label.Texts!.Select(t => places.GetValueOrDefault(t, UnknownClass))];
        return (table with { Columns = table.Columns.Where(c => c.Key != LabelKey).ToDictionary(StringComparer.Ordinal) }, labels);
    }
}
