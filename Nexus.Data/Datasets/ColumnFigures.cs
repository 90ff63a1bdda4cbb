using System.Runtime.InteropServices;

namespace Nexus.Data.Datasets;

/// <summary>
/// One column's figures, from its values as they come by. Mean and deviation are taken over values scaled to 0…1, so that no sum
/// overflows, and of each batch around its own mean (Chan et al. 1979), so that none loses its digits.
/// </summary>
internal sealed class ColumnFigures(ColumnProfile profile, bool sketched)
{
    private static readonly double[] Ranks = [0.05, 0.25, 0.5, 0.75, 0.95];

    private readonly ValueRange? _range = ValueRange.Of(profile);
    private readonly long[] _bins = new long[ValueRange.Of(profile)?.Bins ?? 0];
    private readonly DistinctSketch? _distinct = sketched ? new() : null;
    private readonly List<double> _sample = [];
    private long _count;
    private double _mean;
    private double _squares;

    /// <summary>Whether the values come as 64-bit integers: whole numbers and times.</summary>
    public bool Whole { get; } = profile.Type == ColumnTypes.Integer || ColumnTypes.IsTime(profile.Type);

    public ColumnProfile Profile => profile;

    /// <param name="bits">The same values as they lie in memory: one is one by its bits.</param>
    /// <param name="units">Room for as many numbers.</param>
    public void Take(ReadOnlySpan<double> values, ReadOnlySpan<long> bits, Span<double> units)
    {
        _distinct?.Add(bits);
        if (_range is null || values.IsEmpty) return;
        var (lower, span, bins) = (_range.Lower, _range.Span, _range.Bins);
        var counts = _bins.AsSpan();
        units = units[..values.Length];
        double sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var unit = (values[i] - lower) / span;
            units[i] = unit;
            sum += unit;
            counts[Math.Clamp((int)(unit * bins), 0, bins - 1)]++;
        }

        var mean = sum / values.Length;
        double squares = 0;
        foreach (var unit in units) squares += (unit - mean) * (unit - mean);
        var (before, delta) = (_count, mean - _mean);
        _count += values.Length;
        _mean += delta * values.Length / _count;
        _squares += squares + (delta * delta * before * values.Length / _count);
    }

    /// <summary>Takes a value for the quantiles.</summary>
    public void TakeRanked(double value) => _sample.Add(value);

    public ColumnProfile Complete()
    {
        var filled = _distinct is null ? profile : profile with { Distinct = Math.Min(_distinct.Estimate(), profile.Rows - profile.Missing) };
        if (Quantiles() is { } quantiles)
            filled = profile.Type == ColumnTypes.Text ? filled with { MedianWords = quantiles[2] } : filled with { Quantiles = quantiles };
        if (_range is null || _count == 0) return filled;
        var numeric = ColumnTypes.IsNumeric(profile.Type);
        return filled with
        {
            Mean = numeric ? _range.Lower + (_mean * _range.Width) : null,
            StandardDeviation = !numeric ? null : _count == 1 ? 0 : Math.Sqrt(_squares / (_count - 1)) * _range.Width,
            Histogram = new(_range.Lower, _range.Upper, _bins),
        };
    }

    /// <summary>The values of those ranks, none between two.</summary>
    private double[]? Quantiles()
    {
        if (_sample.Count == 0) return null;
        var sorted = CollectionsMarshal.AsSpan(_sample);
        sorted.Sort();
        var quantiles = new double[Ranks.Length];
        for (var i = 0; i < Ranks.Length; i++) quantiles[i] = sorted[Math.Max(1, sorted.Length - (int)Math.Floor(sorted.Length - (Ranks[i] * sorted.Length))) - 1];
        return quantiles;
    }
}
