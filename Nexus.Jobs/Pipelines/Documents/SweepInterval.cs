namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>From <paramref name="Low"/>, included, to <paramref name="High"/>, excluded.</summary>
/// <param name="Logarithmic">Drawn evenly over the logarithm: <c>tag(log, interval(0.001, 1))</c>.</param>
/// <param name="Integer">Whole numbers alone: <c>int(interval(8, 256))</c>.</param>
public sealed record SweepInterval(double Low, double High, bool Logarithmic, bool Integer)
{
    /// <summary>A point of it as an override has it.</summary>
    public string At(double value) => Integer ? Math.Floor(value).ToString("0", System.Globalization.CultureInfo.InvariantCulture) : Grammar.OverrideText.Plain(value);
}
