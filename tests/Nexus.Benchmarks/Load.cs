using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nexus.Benchmarks;

/// <summary>A closed loop of requests by <c>wrk</c>: each connection sends its next request when it has its answer.</summary>
internal static partial class Load
{
    public static async Task<Measured> RunAsync(Uri address, string path, string body, string? key, int connections, int seconds)
    {
        var script = Path.GetTempFileName();
        var authorization = key is null ? "" : $"wrk.headers[\"Authorization\"] = \"Bearer {key}\"\n";
        await File.WriteAllTextAsync(script, $"wrk.method = \"POST\"\nwrk.body = [[{body}]]\nwrk.headers[\"Content-Type\"] = \"application/json\"\n{authorization}");
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, new Uri(address, path).ToString() }) start.ArgumentList.Add(argument);
        using var wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk does not start; install it from Debian's package of that name.");
        var said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        File.Delete(script);
        if (said.Contains("Non-2xx", StringComparison.Ordinal) || said.Contains("Socket errors", StringComparison.Ordinal)) throw new InvalidOperationException($"{path}: {said}");
        return new(
            double.Parse(Rate().Match(said).Groups[1].Value, CultureInfo.InvariantCulture),
            long.Parse(Count().Match(said).Groups[1].Value, CultureInfo.InvariantCulture), Milliseconds(P50().Match(said)), Milliseconds(P99().Match(said)));
    }

    private static double Milliseconds(Match match) =>
        double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * match.Groups[2].Value switch { "us" => 0.001, "s" => 1000, _ => 1 };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)", RegexOptions.None, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"(\d+) requests in", RegexOptions.None, 1000)]
    private static partial Regex Count();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)", RegexOptions.None, 1000)]
    private static partial Regex P50();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)", RegexOptions.None, 1000)]
    private static partial Regex P99();
}
