namespace Nexus.Web.Charts;

/// <summary>Takes an axis's values to 0…1; one value alone stands in the middle.</summary>
internal readonly record struct AxisScale(double Low, double High)
{
    public double From => High > Low ? Low : Low - 1;

    public double To => High > Low ? High : High + 1;

    public double At(double value) => (value - From) / (To - From);
}
