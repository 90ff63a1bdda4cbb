namespace Nexus.Jobs.Pipelines;

/// <summary>Holds a sweep's runs to what there was when it began, whatever is edited meanwhile.</summary>
/// <param name="Sweep">The sweep that the run is a trial of.</param>
/// <param name="Revision">The pipeline's text.</param>
/// <param name="At">Configs are read as they were then.</param>
public sealed record RunPin(Guid Sweep, int Revision, DateTimeOffset At);
