namespace Nexus.Web.Sweeps;

/// <param name="Trials">How many more runs.</param>
internal sealed record ExtendSweepRequest(int Trials);
