namespace Nexus.Web.Agents;

/// <summary>How far back a page looks; one for the whole page, and in its address.</summary>
internal sealed record TimeRange(string Key, string Name, TimeSpan Length)
{
    public static TimeRange Day { get; } = new("24h", "Last 24 h", TimeSpan.FromHours(24));

    public static TimeRange Hour { get; } = new("1h", "Last hour", TimeSpan.FromHours(1));

    public static IReadOnlyList<TimeRange> All { get; } =
        [Hour, Day, new("7d", "Last 7 days", TimeSpan.FromDays(7))];

    /// <summary>What a page shows first: a day, and of an agent of today's making the hour, in which it has more than a point.</summary>
    public static TimeRange For(TimeSpan age) => age < TimeSpan.FromHours(2) ? Hour : Day;

    public static TimeRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Day;
}
