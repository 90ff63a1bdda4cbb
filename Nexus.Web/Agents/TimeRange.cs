namespace Nexus.Web.Agents;

/// <summary>How far back a page looks; one for the whole page, and in its address.</summary>
internal sealed record TimeRange(string Key, string Name, TimeSpan Length)
{
    public static TimeRange Day { get; } = new("24h", "Last 24 h", TimeSpan.FromHours(24));

    public static IReadOnlyList<TimeRange> All { get; } =
        [new("1h", "Last hour", TimeSpan.FromHours(1)), Day, new("7d", "Last 7 days", TimeSpan.FromDays(7))];

    public static TimeRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? Day;
}
