namespace Nexus.Data.Datasets;

/// <summary>What a column holds. Figures of a number column are null for the others, but times have quantiles too.</summary>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Distinct">Distinct values; estimated (HyperLogLog) where there are more than 1,000 in a table of more than <see cref="TableProfiler.CountedRows"/> rows.</param>
/// <param name="Quantiles">At 0.05, 0.25, 0.5, 0.75, 0.95, of times as microseconds since 1970; of some 100,000 rows where there are many more.</param>
/// <param name="Histogram">Equal-width bins over [Min, Max]; numbers and times (as microseconds).</param>
/// <param name="Top">The most frequent values, at most 20; text, booleans and numbers of few values.</param>
/// <param name="MedianWords">Words of the middle one of a free text's values.</param>
public sealed record ColumnProfile(
    string Name,
    string Type,
    long Rows,
    long Missing,
    long Distinct,
    string? Min,
    string? Max,
    double? Mean,
    double? StandardDeviation,
    double[]? Quantiles,
    ColumnHistogram? Histogram,
    IReadOnlyList<ValueCount> Top,
    double? MedianWords = null);
