namespace Nexus.Inference.Monitoring;

/// <summary>What changed against the training split.</summary>
/// <param name="ModelVersion">Whose training split; null while nothing is served.</param>
/// <param name="Window">As asked, ISO 8601.</param>
/// <param name="From">Where the window begins; earlier than asked where it had to grow.</param>
/// <param name="Grown">Whether it had to grow for want of decisions.</param>
/// <param name="State">drifts, stable, notEnoughData, or noReference where the version brought none.</param>
/// <param name="Alpha">The level at which the whole agent is tested, so that one false alarm is expected in <paramref name="FalseAlarmEvery"/>.</param>
/// <param name="Features">The most serious first.</param>
public sealed record DriftReport(
    string Agent,
    int? ModelVersion,
    string Window,
    DateTimeOffset From,
    DateTimeOffset To,
    bool Grown,
    long Decisions,
    string State,
    double Alpha,
    string FalseAlarmEvery,
    IReadOnlyList<FeatureDrift> Features)
{
    /// <summary>Features that drift or have new categories.</summary>
    public int Changed => Features.Count(f => f.State is DriftStates.Drifts or DriftStates.NewCategory);
}
