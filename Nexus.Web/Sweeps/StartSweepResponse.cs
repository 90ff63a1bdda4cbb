namespace Nexus.Web.Sweeps;

internal sealed record StartSweepResponse(Guid Id);
