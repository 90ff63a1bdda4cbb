using System.Globalization;
using Nexus.Data;

namespace Nexus.Inference.Datasets;

/// <summary>Times as profiles write them.</summary>
internal static class ColumnTimes
{
    public static DateTimeOffset Parse(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static double Microseconds(string time) => UtcMicroseconds.From(Parse(time));
}
