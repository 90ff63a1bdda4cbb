namespace Nexus.Web.Agents;

/// <summary>How far back a page looks; one for the whole page, and in its address.</summary>
internal sealed record TimeRange(string Key, string Name, TimeSpan Length)
{
    public static TimeRange Day { get; } = new("24h", "Last 24 h", TimeSpan.FromHours(24));

    public static TimeRange Quarter { get; } = new("15m", "Last 15 min", TimeSpan.FromMinutes(15));

    public static TimeRange Hour { get; } = new("1h", "Last hour", TimeSpan.FromHours(1));

    public static IReadOnlyList<TimeRange> All { get; } =
        [Quarter, Hour, Day, new("7d", "Last 7 days", TimeSpan.FromDays(7))];

    /// <summary>What a page shows first: a day, and of a young agent the shorter range that its life fills.</summary>
    public static TimeRange For(TimeSpan age) => age < TimeSpan.FromMinutes(12) ? Quarter : age < TimeSpan.FromHours(2) ? Hour : Day;

    public static TimeRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Day;
}
