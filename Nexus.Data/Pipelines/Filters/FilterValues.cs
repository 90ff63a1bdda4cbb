using System.Globalization;

namespace Nexus.Data.Pipelines.Filters;

/// <summary>Reads values as what their field holds.</summary>
internal static class FilterValues
{
    public static RefusedException Error(FilterValue value, string why) => Refused.InvalidAt(1, value.Column, $"Column {value.Column}: {why}.");

    public static double Number(FilterValue value) => value.Number ?? throw Error(value, $"'{value.Text}' is not a number");

    public static int Whole(FilterValue value) =>
        int.TryParse(value.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : throw Error(value, $"'{value.Text}' is not a whole number");

    public static RunStatus Status(FilterValue value)
    {
        if (Enum.TryParse<RunStatus>(value.Text, ignoreCase: true, out var status) && Enum.IsDefined(status) && !char.IsDigit(value.Text[0])) return status;
        var nearest = NearestWord.Among(value.Text, Enum.GetNames<RunStatus>().Select(name => name.ToLowerInvariant()));
        throw Error(value, $"'{value.Text}' is not a status" + (nearest is null ? $": {string.Join(", ", Enum.GetNames<RunStatus>()).ToLowerInvariant()}" : $". Did you mean '{nearest}'?").TrimEnd('.'));
    }

    /// <summary>A date, a time, or a while before now: <c>-7d</c>, <c>-90min</c>.</summary>
    public static DateTimeOffset Time(FilterValue value, DateTimeOffset now)
    {
        if (value.Text.Length > 1 && value.Text[0] == '-' && Span(value.Text[1..]) is { } before) return now - before;
        return DateTimeOffset.TryParse(value.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            && at >= DateTimeOffset.UnixEpoch
            ? at
            : throw Error(value, $"'{value.Text}' is not a time: 2026-11-23, '2026-11-23 18:00', or -7d for seven days ago");
    }

    public static long Microseconds(FilterValue value) =>
        Span(value.Text) is { } span ? (long)span.TotalMicroseconds : throw Error(value, $"'{value.Text}' is not a duration: 90s, 5min, 2h, 1d");

    private static TimeSpan? Span(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        if (!double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1e9) return null;
        double? seconds = text[digits..].ToLowerInvariant() switch
        {
            "ms" => number / 1000,
            "" or "s" => number,
            "m" or "min" => number * 60,
            "h" => number * 3600,
            "d" => number * 86_400,
            "w" => number * 604_800,
            _ => null,
        };
        return seconds is { } known and < 3e9 ? TimeSpan.FromSeconds(known) : null;
    }
}
