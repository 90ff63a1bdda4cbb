using MathNet.Numerics;

namespace Nexus.Inference.Monitoring;

/// <param name="Index">The population stability index, in nats.</param>
/// <param name="Bins">Bins in use on either side.</param>
/// <param name="Current">Rows of the window.</param>
/// <param name="Reference">Rows of the reference.</param>
public readonly record struct Stability(double Index, int Bins, long Current, long Reference)
{
    /// <summary>How often an index as large comes about without drift; 1 where there is nothing to compare.</summary>
    public double PValue => Bins < 2 || Current == 0 || Reference == 0
        ? 1
        : SpecialFunctions.GammaUpperRegularized((Bins - 1) / 2.0, Math.Max(0, Index) / ((1.0 / Current) + (1.0 / Reference)) / 2);
}
