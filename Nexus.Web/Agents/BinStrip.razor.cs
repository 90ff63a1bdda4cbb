using System.Globalization;
using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>A distribution as a strip of bars, and the one bin that a value fell into.</summary>
public sealed partial class BinStrip : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<double> Shares { get; set; } = [];

    /// <summary>The bin to point out.</summary>
    [Parameter, EditorRequired] public int At { get; set; }

    private double Step => 120.0 / Math.Max(1, Shares.Count);

    private string Label => $"{Format.Percent(Shares[At])} of training falls into this bin";

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private double HeightOf(int bin) => Math.Max(2, Shares[bin] / Math.Max(Shares.Max(), 1e-9) * 22);
}
