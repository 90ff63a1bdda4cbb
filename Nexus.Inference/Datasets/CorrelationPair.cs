namespace Nexus.Inference.Datasets;

/// <summary>Two columns and how strongly they hang together.</summary>
/// <param name="Strength">What pairs are ordered by, 0…1: the greater of |Pearson| and |Spearman|; Cramér's V; the correlation ratio.</param>
/// <param name="Pearson">Of two number or time columns.</param>
/// <param name="Spearman">Of two number or time columns; far from Pearson where the relation is bent.</param>
/// <param name="CramersV">Of two category columns, bias-corrected (Bergsma 2013).</param>
/// <param name="CorrelationRatio">Of a category and a number column.</param>
public sealed record CorrelationPair(
    string First, string Second, double Strength, double? Pearson = null, double? Spearman = null, double? CramersV = null, double? CorrelationRatio = null);
