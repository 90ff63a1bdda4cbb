namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What overrides span once those that name several values are told from those that name one.</summary>
/// <param name="Fixed">Overrides that hold for every run, as given.</param>
/// <param name="Dimensions">In the order of the text; the last varies fastest.</param>
public sealed record SweepSpace(IReadOnlyList<string> Fixed, IReadOnlyList<SweepDimension> Dimensions)
{
    /// <summary>How many runs every combination makes; null where an interval makes them endless.</summary>
    public long? Combinations => Dimensions.Any(d => d.Interval is not null)
        ? null
        : Dimensions.Aggregate(1L, (product, dimension) => checked(product * dimension.Choices!.Count));

    /// <summary>The overrides of one point: what is fixed, and the first value of each dimension.</summary>
    public IReadOnlyList<string> First() => [.. Fixed, .. Dimensions.Select(d => $"{d.Path}={d.Choices?[0] ?? d.Interval!.At(d.Interval.Low)}")];
}
