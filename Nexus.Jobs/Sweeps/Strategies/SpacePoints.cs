using System.Globalization;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Training;

namespace Nexus.Jobs.Sweeps.Strategies;

/// <summary>The points of a space: by number along the grid, by chance, and each interval as 0…1 on its own scale.</summary>
internal static class SpacePoints
{
    /// <summary>How many points the grid has; <see cref="long.MaxValue"/> where they are endless or nearly so.</summary>
    public static long Count(SweepSpace space)
    {
        try
        {
            return space.Combinations ?? long.MaxValue;
        }
        catch (OverflowException)
        {
            return long.MaxValue;
        }
    }

    /// <summary>The point of that number on the grid: the last dimension varies fastest.</summary>
    public static string[] At(SweepSpace space, long number)
    {
        var point = new string[space.Dimensions.Count];
        for (var d = point.Length - 1; d >= 0; d--)
        {
            var choices = space.Dimensions[d].Choices!;
            point[d] = choices[(int)(number % choices.Count)];
            number /= choices.Count;
        }

        return point;
    }

    public static string[] Draw(SweepSpace space, SeededRandom random) => [.. space.Dimensions.Select(d =>
        d.Choices is { } choices ? choices[random.Below(choices.Count)] : At(d.Interval!, random.Unit()))];

    /// <param name="unit">0 ≤ unit &lt; 1, evenly over the interval's scale.</param>
    public static string At(SweepInterval interval, double unit)
    {
        var (low, high) = Ends(interval);
        var value = interval.Logarithmic ? Math.Exp(Math.Log(low) + (unit * (Math.Log(high) - Math.Log(low)))) : low + (unit * (high - low));
        if (interval.Integer) return Math.Clamp(Math.Floor(value), low, high - 1).ToString("0", CultureInfo.InvariantCulture);
        // Six digits tell any two settings apart that a person would.
        var round = double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        if (round < low || round >= high) round = Math.Clamp(value, low, Math.BitDecrement(high));
        return round.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The way back: 0…1.</summary>
    public static double Unit(SweepInterval interval, string text)
    {
        var (low, high) = Ends(interval);
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        if (interval.Integer) value += 0.5; // the middle of what is rounded down to it
        var unit = interval.Logarithmic ? (Math.Log(value) - Math.Log(low)) / (Math.Log(high) - Math.Log(low)) : (value - low) / (high - low);
        return Math.Clamp(unit, 0, 1);
    }

    // Whole numbers from the first within to the last within: the end is excluded.
    private static (double Low, double High) Ends(SweepInterval interval) =>
        interval.Integer ? (Math.Ceiling(interval.Low), Math.Ceiling(interval.High)) : (interval.Low, interval.High);
}
