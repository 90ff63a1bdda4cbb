using System.Globalization;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary><c>90s</c>, <c>15m</c>, <c>2h</c>.</summary>
internal static class Duration
{
    public const string Pattern = "^[1-9][0-9]{0,5}[smh]$";

    public static TimeSpan? Read(string text)
    {
        if (text.Length is < 2 or > 7 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => null,
        };
    }
}
