using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Nexus.EndToEnd.Tests;

namespace Nexus.Benchmarks;

/// <summary>One of the two that are compared: where it answers, and what its process spends.</summary>
/// <param name="Portal">Null for the bare endpoint, which leaves no work behind.</param>
internal sealed partial record Side(Uri Address, int ProcessId, PortalProcess? Portal)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A round of requests, and what they left to do until it is done: the other side's round shall not pay for it.</summary>
    public async Task<Turn> RunAsync(string path, string body, int connections, int seconds)
    {
        using var process = Process.GetProcessById(ProcessId);
        var (spent, drained) = (process.TotalProcessorTime, await DrainedAsync());
        var measured = await Load.RunAsync(Address, path, body, Portal is null ? null : PortalProcess.BootstrapKey, connections, seconds);
        await SettleAsync();
        process.Refresh();
        return new(measured, (process.TotalProcessorTime - spent).TotalMicroseconds / measured.Requests, await DrainedAsync() - drained);
    }

    private async Task<long> DrainedAsync() => Portal is null ? 0 : await MetricAsync(Drained());

    private async Task SettleAsync()
    {
        if (Portal is null) return;
        var watch = Stopwatch.StartNew();
        while (await MetricAsync(Backlog()) > 0)
        {
            if (watch.Elapsed > Patience) throw new TimeoutException("The journal is not drained.");
            await Task.Delay(200);
        }
    }

    private async Task<long> MetricAsync(Regex metric)
    {
        var found = metric.Match(await Portal!.Http.GetStringAsync("/metrics"));
        return found.Success ? long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"^nexus_journal_backlog_bytes(?:\{[^}]*\})? (\d+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Backlog();

    [GeneratedRegex(@"^nexus_journal_drained_total(?:\{[^}]*\})? (\d+)", RegexOptions.Multiline, 1000)]
    private static partial Regex Drained();

    /// <param name="Microseconds">Of processor time a request, with all that it left to do.</param>
    /// <param name="Drained">Decisions that came into the database.</param>
    internal sealed record Turn(Measured Measured, double Microseconds, long Drained);
}
