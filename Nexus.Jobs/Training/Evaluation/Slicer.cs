using System.Globalization;
using Nexus.Data.Datasets;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training.Evaluation;

/// <summary>
/// Divides rows by one column: by its values where they are few, numbers of many values by their quartiles, times into eight
/// parts of equal size in their order.
/// </summary>
internal static class Slicer
{
    private const int MostValues = 20;
    private const int TimeParts = 8;
    private static readonly double[] QuartileShares = [0.25, 0.5, 0.75];

    public static IEnumerable<(string Name, IReadOnlyList<int> Rows)> Slices(DatasetColumn column, RawColumn raw) => raw switch
    {
        { Times: { } times } => Parts(column.Name, times),
        { Numbers: { } numbers } when numbers.Distinct().Take(MostValues + 1).Count() > MostValues => Quartiles(column.Name, numbers),
        { Numbers: { } numbers } => Values(column.Name, [.. numbers.Select(n => Text(column.Type, n))]),
        _ => Values(column.Name, raw.Texts!),
    };

    private static IEnumerable<(string, IReadOnlyList<int>)> Values(string column, string[] values) => values.Index()
        .GroupBy(v => v.Item, v => v.Index, StringComparer.Ordinal)
        .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MostValues)
        .OrderBy(g => double.TryParse(g.Key, CultureInfo.InvariantCulture, out var number) ? number : double.PositiveInfinity).ThenBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => ($"{column} = {(g.Key.Length == 0 ? "(missing)" : g.Key)}", (IReadOnlyList<int>)[.. g]));

    private static IEnumerable<(string, IReadOnlyList<int>)> Quartiles(string column, float[] numbers)
    {
        var sorted = numbers.Where(n => !float.IsNaN(n)).Order().ToArray();
        float[] edges = [.. QuartileShares.Select(q => sorted[(int)(q * (sorted.Length - 1))]).Distinct()];
        for (var bin = 0; bin <= edges.Length; bin++)
        {
            var (low, high) = (bin == 0 ? float.NegativeInfinity : edges[bin - 1], bin == edges.Length ? float.PositiveInfinity : edges[bin]);
            var name = (bin, bin == edges.Length) switch
            {
                (0, _) => $"{column} ≤ {Short(high)}",
                (_, true) => $"{column} > {Short(low)}",
                _ => $"{Short(low)} < {column} ≤ {Short(high)}",
            };
            yield return (name, Rows(numbers, n => n > low && n <= high));
        }

        if (sorted.Length < numbers.Length) yield return ($"{column} = (missing)", Rows(numbers, float.IsNaN));
    }

    private static IEnumerable<(string, IReadOnlyList<int>)> Parts(string column, long[] times)
    {
        var order = Enumerable.Range(0, times.Length).Where(r => times[r] != OnnxConventions.MissingTime).OrderBy(r => times[r]).ToArray();
        for (var part = 0; part < TimeParts; part++)
        {
            var rows = order[(order.Length * part / TimeParts)..(order.Length * (part + 1) / TimeParts)];
            if (rows.Length > 0) yield return ($"{column} {Day(times[rows[0]])} to {Day(times[rows[^1]])}", rows);
        }
    }

    private static int[] Rows(float[] numbers, Func<float, bool> belongs) => [.. Enumerable.Range(0, numbers.Length).Where(r => belongs(numbers[r]))];

    private static string Text(string type, float number) => (type, number) switch
    {
        (_, float.NaN) => "",
        ("boolean", _) => number == 1 ? "true" : "false",
        _ => Short(number),
    };

    private static string Short(float number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static string Day(long microseconds) => DateTime.UnixEpoch.AddMicroseconds(microseconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
