namespace Nexus.Inference.Monitoring;

/// <summary>The share of right answers among the decisions whose truth is known, with its 95 % interval (Wilson).</summary>
/// <param name="Labeled">Decisions whose truth is known.</param>
public sealed record LiveAccuracy(double Value, double Lower, double Upper, long Labeled)
{
    internal static LiveAccuracy? Of(long correct, long labeled) =>
        WilsonInterval.Of(correct, labeled) is { } interval ? new(interval.Share, interval.Lower, interval.Upper, labeled) : null;
}
