using System.Globalization;

namespace Nexus.Web.Shell;

/// <summary>How figures, times and sizes are written, on every page alike. What is not known is an en dash.</summary>
public static class Format
{
    public const string Unknown = "–";

    /// <summary>Three significant digits, thousands separated; whole numbers as they are: <c>0.774</c>, <c>12.5</c>, <c>48,211</c>.</summary>
    public static string Number(double? value)
    {
        if (value is not { } number || !double.IsFinite(number)) return Unknown;
        if (number == Math.Round(number) && Math.Abs(number) < 1e15) return Sign(number.ToString("#,##0", CultureInfo.InvariantCulture));
        return Fixed(number, Decimals(number));
    }

    /// <summary>An estimate with its 95 % interval, all to the estimate's decimals: <c>0.774 [0.768, 0.780]</c>.</summary>
    public static string Estimate(double? value, double? lower, double? upper)
    {
        if (value is not { } number || !double.IsFinite(number)) return Unknown;
        return lower is { } low && upper is { } high ? $"{Decimal(number)} {Interval(number, low, high)}" : Decimal(number);
    }

    /// <summary>The interval of an estimate alone: <c>[0.768, 0.780]</c>.</summary>
    public static string Interval(double value, double lower, double upper)
    {
        var decimals = Decimals(value);
        return $"[{Fixed(lower, decimals)}, {Fixed(upper, decimals)}]";
    }

    /// <summary>Three significant digits with their zeros kept, so that a column lines up: <c>0.780</c>.</summary>
    public static string Decimal(double? value) =>
        value is { } number && double.IsFinite(number) ? Fixed(number, Decimals(number)) : Unknown;

    /// <summary><c>48,211</c>.</summary>
    public static string Count(long? value) => value is { } count ? Sign(count.ToString("#,##0", CultureInfo.InvariantCulture)) : Unknown;

    /// <summary>A number and its noun: <c>1 row</c>, <c>45,312 rows</c>, <c>no rows</c>.</summary>
    public static string Count(long value, string one, string? many = null) =>
        value == 0 ? $"no {many ?? one + "s"}" : $"{Count(value)} {(value == 1 ? one : many ?? one + "s")}";

    /// <param name="share">0…1.</param>
    public static string Percent(double? share) => share switch
    {
        null => Unknown,
        { } part when !double.IsFinite(part) => Unknown,
        0 => "0 %",
        > 0 and < 0.0005 => "< 0.1 %",
        { } part when Math.Abs(part) >= 0.9995 => $"{part * 100:0} %",
        { } part => $"{part * 100:0.#} %",
    };

    /// <summary>Decimal units: <c>3.02 MB</c>.</summary>
    public static string Bytes(long? bytes)
    {
        if (bytes is not { } size) return Unknown;
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        double value = size;
        var unit = 0;
        while (value >= 999.5 && unit < units.Length - 1) (value, unit) = (value / 1000, unit + 1);
        return $"{(unit == 0 ? Count(size) : Number(value))} {units[unit]}";
    }

    /// <summary><c>420 µs</c>, <c>4.2 ms</c>, <c>2.1 s</c>, <c>3 min 12 s</c>, <c>2 h 5 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Duration(TimeSpan? span) => span switch
    {
        null => Unknown,
        { } time when time < TimeSpan.Zero => "0 s",
        { TotalMilliseconds: < 1 } time => $"{time.TotalMicroseconds:0} µs",
        { TotalSeconds: < 1 } time => $"{(time.TotalMilliseconds < 9.95 ? time.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture) : time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture))} ms",
        { TotalSeconds: < 9.95 } time => $"{time.TotalSeconds:0.#} s",
        { TotalSeconds: < 59.5 } time => $"{time.TotalSeconds:0} s",
        { TotalMinutes: < 60 } time when TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)) is { TotalMinutes: < 60 } whole => Pair(whole.Minutes, "min", whole.Seconds, "s"),
        { TotalHours: < 48 } time => Pair((int)time.TotalHours, "h", time.Minutes, "min"),
        { } time => Pair((int)time.TotalDays, "d", time.Hours, "h"),
    };

    /// <summary><c>12 s ago</c>, <c>in 70 h</c>, <c>now</c>: one unit, coarser the further away.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var span = now - at;
        if (span.Duration() < TimeSpan.FromSeconds(2)) return "now";
        var text = Coarse(span.Duration());
        return span > TimeSpan.Zero ? $"{text} ago" : $"in {text}";
    }

    /// <summary>The exact time with its zone: <c>2026-11-23 18:50:12 UTC</c>.</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The first eight characters of an id or digest; of a time-ordered id the last eight, which tell it apart.</summary>
    public static string ShortId(string id) =>
        id.Length <= 8 ? id : Guid.TryParse(id, out var guid) && guid.Version == 7 ? id[^8..] : id[..8];

    /// <summary>Cut in the middle, where names differ least: <c>contract_mon…ths_2024</c>.</summary>
    public static string MiddleCut(string text, int length) =>
        text.Length <= length ? text : $"{text[..((length - 1) / 2 + (length - 1) % 2)]}…{text[^((length - 1) / 2)..]}";

    private static string Coarse(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{(int)span.TotalSeconds} s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 72 } => $"{(int)span.TotalHours} h",
        { TotalDays: < 365 } => $"{(int)span.TotalDays} d",
        _ => $"{span.TotalDays / 365.25:0.#} y",
    };

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";

    // 0.9999 rounds up into the next decade, and has its decimals.
    private static int Decimals(double value) =>
        value == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value) * 1.0005)), 0, 12);

    private static string Fixed(double value, int decimals) =>
        decimals > 6 || Math.Abs(value) >= 1e15
            ? Sign(value.ToString("0.##e0", CultureInfo.InvariantCulture))
            : Sign(value.ToString(decimals == 0 ? "#,##0" : "#,##0." + new string('0', decimals), CultureInfo.InvariantCulture));

    // A minus sign is as wide as a digit; a hyphen is not.
    private static string Sign(string text) => text.StartsWith('-') ? "−" + text[1..] : text;
}
