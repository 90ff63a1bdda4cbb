using System.Globalization;

namespace Nexus.Benchmarks;

/// <summary>Rows of the page's tables.</summary>
internal static class Lines
{
    public static string Row(params object[] cells) => $"| {string.Join(" | ", cells.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c}")))} |";

    public static string Head(params string[] cells) => $"{Row([.. cells])}\n{Row([.. cells.Select(_ => "---")])}";

    public static string Number(double value, string form = "N0") => value.ToString(form, CultureInfo.InvariantCulture);

    /// <summary>The most of it that ever lay in memory, in bytes, as the system counted; 0 where it does not.</summary>
    public static long PeakBytes(int process)
    {
        var status = $"/proc/{process}/status";
        if (!File.Exists(status)) return 0;
        var line = File.ReadLines(status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
