namespace Nexus.Inference.Datasets;

/// <summary>One column of a sample: numbers, or categories.</summary>
/// <param name="Numbers">NaN where missing.</param>
/// <param name="Codes">From 0; −1 where missing.</param>
internal sealed record SampledColumn(string Name, double[]? Numbers, int[]? Codes)
{
    private readonly Lazy<int[]> _order = new(() => Association.Order(Numbers));

    public int[] Order => _order.Value;

    public CorrelationPair? With(SampledColumn other)
    {
        if (Numbers is { } x && other.Numbers is { } y)
        {
            var (pearson, spearman) = (Association.Pearson(x, y), Association.Spearman(x, y, Order, other.Order));
            return double.IsNaN(pearson) || double.IsNaN(spearman) ? null : new(Name, other.Name, Math.Max(Math.Abs(pearson), Math.Abs(spearman)), pearson, spearman);
        }

        if (Codes is { } a && other.Codes is { } b)
        {
            var v = Association.CramersV(a, b);
            return double.IsNaN(v) ? null : new(Name, other.Name, v, CramersV: v);
        }

        var ratio = Association.CorrelationRatio(Codes ?? other.Codes!, Numbers ?? other.Numbers!);
        return double.IsNaN(ratio) ? null : new(Name, other.Name, ratio, CorrelationRatio: ratio);
    }
}
