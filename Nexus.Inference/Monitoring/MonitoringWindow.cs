using System.Xml;
using Nexus.Data;

namespace Nexus.Inference.Monitoring;

/// <summary>A length of time that ends now.</summary>
public static class MonitoringWindow
{
    public static TimeSpan Default { get; } = TimeSpan.FromHours(1);
    public static TimeSpan Shortest { get; } = TimeSpan.FromMinutes(1);
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(31);

    /// <summary>Reads an ISO 8601 duration: <c>PT1H</c>, <c>P7D</c>.</summary>
    /// <exception cref="RefusedException">Invalid, where it is none or out of bounds.</exception>
    public static TimeSpan Parse(string? window)
    {
        if (string.IsNullOrEmpty(window)) return Default;
        try
        {
            var length = window.Length <= 32 ? XmlConvert.ToTimeSpan(window) : TimeSpan.Zero;
            if (length >= Shortest && length <= Longest) return length;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // Said below, as for a length out of bounds.
        }

        throw Refused.Invalid("window", "window is an ISO 8601 duration from PT1M to P31D, such as PT1H.");
    }

    /// <summary>The width of one point of a series over the window: at most 96 of them.</summary>
    internal static TimeSpan PointOf(TimeSpan window) => window.TotalHours switch
    {
        <= 1.5 => TimeSpan.FromMinutes(1),
        <= 8 => TimeSpan.FromMinutes(5),
        <= 24 => TimeSpan.FromMinutes(15),
        <= 24 * 7 => TimeSpan.FromHours(2),
        _ => TimeSpan.FromHours(8),
    };

    internal static DateTimeOffset Floor(DateTimeOffset at, TimeSpan width) => new(at.UtcTicks - (at.UtcTicks % width.Ticks), TimeSpan.Zero);
}
