using MathNet.Numerics.Distributions;
using Nexus.Jobs.Training;

namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>
/// A Parzen estimator over 0…1 (Bergstra et al. 2011, section 4.2): a truncated normal at every observation, as wide as the farther of
/// its neighbours is away, and one over the whole interval as the prior; all weigh the same.
/// </summary>
internal sealed class Parzen
{
    private readonly double[] _centres;
    private readonly double[] _widths;
    private readonly double[] _masses;

    public Parzen(IEnumerable<double> observed)
    {
        var sorted = observed.Order().ToArray();
        var narrowest = 1.0 / Math.Min(100, sorted.Length + 2);
        _centres = [.. sorted, 0.5];
        _widths = new double[_centres.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            var left = sorted[i] - (i > 0 ? sorted[i - 1] : 0);
            var right = (i < sorted.Length - 1 ? sorted[i + 1] : 1) - sorted[i];
            _widths[i] = Math.Clamp(Math.Max(left, right), narrowest, 1);
        }

        _widths[^1] = 1;
        _masses = [.. _centres.Zip(_widths, (c, w) => Normal.CDF(c, w, 1) - Normal.CDF(c, w, 0))];
    }

    /// <summary>0 ≤ x &lt; 1.</summary>
    public double Draw(SeededRandom random)
    {
        var k = random.Below(_centres.Length);
        var at = Normal.CDF(_centres[k], _widths[k], 0) + (random.Unit() * _masses[k]);
        var drawn = Normal.InvCDF(_centres[k], _widths[k], Math.Clamp(at, 1e-12, 1 - 1e-12));
        return Math.Clamp(drawn, 0, Math.BitDecrement(1.0));
    }

    public double Density(double x)
    {
        var sum = 0.0;
        for (var k = 0; k < _centres.Length; k++) sum += Normal.PDF(_centres[k], _widths[k], x) / _masses[k];
        return sum / _centres.Length;
    }
}
