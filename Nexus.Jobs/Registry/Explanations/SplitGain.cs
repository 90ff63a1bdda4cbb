using System.Globalization;
using Nexus.Data.Registry;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>What the splits on each raw column gained in training, from LightGBM's text.</summary>
internal static class SplitGain
{
    public static IReadOnlyList<FeatureGain> Of(string text, FeaturePlan plan)
    {
        var columns = Columns(plan);
        var (gains, splits) = (new Dictionary<string, double>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        string[] features = [];
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("split_feature=", StringComparison.Ordinal)) features = Words(line);
            if (!line.StartsWith("split_gain=", StringComparison.Ordinal)) continue;
            foreach (var (feature, gain) in features.Zip(Words(line)))
            {
                var column = columns[int.Parse(feature, CultureInfo.InvariantCulture)];
                gains[column] = gains.GetValueOrDefault(column) + double.Parse(gain, CultureInfo.InvariantCulture);
                splits[column] = splits.GetValueOrDefault(column) + 1;
            }
        }

        var sum = gains.Values.Sum();
        return [.. plan.Columns.Select(c => new FeatureGain(c.Name, sum > 0 ? gains.GetValueOrDefault(c.Name) / sum : 0, splits.GetValueOrDefault(c.Name))).OrderByDescending(g => g.Share)];
    }

    // The encoded features stand in blocks by role, as FeatureEncoder writes them.
    private static string[] Columns(FeaturePlan plan) =>
        [.. new[] { ColumnRole.Numeric, ColumnRole.Date, ColumnRole.Categorical, ColumnRole.Text }.SelectMany(plan.Of).SelectMany(c => Enumerable.Repeat(c.Name, c.Width))];

    private static string[] Words(ReadOnlySpan<char> line) =>
        line[(line.IndexOf('=') + 1)..].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
