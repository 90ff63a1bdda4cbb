using System.Globalization;

namespace Nexus.Data.Datasets;

/// <summary>The range of a column's values that its histogram divides; times as microseconds since 1970.</summary>
internal sealed record ValueRange(double Lower, double Upper, int Bins)
{
    private const int MostBins = 30;

    /// <summary>Zero where all values are one.</summary>
    public double Width => Upper - Lower;

    /// <summary>What to divide by.</summary>
    public double Span => Width > 0 ? Width : 1;

    /// <summary>Null where there is nothing to divide: no values, no numbers or times, or too wide a range.</summary>
    public static ValueRange? Of(ColumnProfile profile)
    {
        if (profile.Min is null || profile.Max is null) return null;
        if (ColumnTypes.IsTime(profile.Type)) return new(Microseconds(profile.Min), Microseconds(profile.Max), BinsOf(profile.Min == profile.Max));
        if (!ColumnTypes.IsNumeric(profile.Type)) return null;
        var (lower, upper) = (double.Parse(profile.Min, CultureInfo.InvariantCulture), double.Parse(profile.Max, CultureInfo.InvariantCulture));
        if (!double.IsFinite(upper - lower)) return null;
        // Whole numbers of few values have a bin each.
        return new(lower, upper, profile.Type == ColumnTypes.Integer && upper - lower < MostBins ? (int)(upper - lower) + 1 : BinsOf(lower == upper));
    }

    private static int BinsOf(bool one) => one ? 1 : MostBins;

    private static double Microseconds(string time) => UtcMicroseconds.From(
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
}
