using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Nexus.Inference.Agents;

/// <summary>How the journal stands, for whoever asks.</summary>
internal sealed class JournalGauges(IMeterFactory meters, DecisionJournal journal, JournalDrain drain) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(InferenceTelemetry.Name);
        meter.CreateObservableGauge("nexus.journal.backlog", () => drain.BacklogBytes(), "By", "What is journaled and not yet in the database.");
        meter.CreateObservableGauge("nexus.journal.writable", () => journal.Fault is null ? 1 : 0, "1", "Whether decisions can be recorded.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
