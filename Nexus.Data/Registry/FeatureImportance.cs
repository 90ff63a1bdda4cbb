namespace Nexus.Data.Registry;

/// <summary>How much worse the metric gets when the feature's values are shuffled among the rows (Breiman 2001).</summary>
/// <param name="Value">Mean over the shuffles; positive is important, around zero is not.</param>
/// <param name="Lower">95 % interval over rows and shuffles.</param>
public sealed record FeatureImportance(string Feature, double Value, double Lower, double Upper);
