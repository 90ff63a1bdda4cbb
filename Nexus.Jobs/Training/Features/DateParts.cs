namespace Nexus.Jobs.Training.Features;

/// <summary>
/// Parts of a time given in microseconds since 1970-01-01 UTC, by whole-number arithmetic that ONNX has as well (days to a
/// civil date: Howard Hinnant, chrono-compatible low-level date algorithms). From the year 0 on.
/// </summary>
internal static class DateParts
{
    public const long DayUs = 86_400_000_000;
    public const long EpochDays = 719_468; // from 0000-03-01 to 1970-01-01

    public static readonly string[] All = ["year", "month", "day", "weekday", "hour", "minute", "days"];

    /// <returns>weekday: 1 is Monday; days: since 1970.</returns>
    public static long Of(string part, long microseconds)
    {
        var shifted = microseconds + (EpochDays * DayUs);
        var z = shifted / DayUs;
        var ofDay = shifted - (z * DayUs);
        var doe = z - (z / 146_097 * 146_097);
        var yoe = (doe - (doe / 1460) + (doe / 36_524) - (doe / 146_096)) / 365;
        var doy = doe - (365 * yoe) - (yoe / 4) + (yoe / 100);
        var mp = ((5 * doy) + 2) / 153;
        var late = mp / 10; // 1 in January and February, which belong to the year before
        return part switch
        {
            "year" => yoe + (z / 146_097 * 400) + late,
            "month" => mp + 3 - (12 * late),
            "day" => doy - (((153 * mp) + 2) / 5) + 1,
            "weekday" => ((z + 2) % 7) + 1,
            "hour" => ofDay / 3_600_000_000,
            "minute" => ofDay / 60_000_000 % 60,
            "days" => z - EpochDays,
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, "No such part."),
        };
    }
}
