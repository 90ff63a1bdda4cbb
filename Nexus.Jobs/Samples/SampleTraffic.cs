using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Feedback;
using Nexus.Data.Samples;
using Nexus.Inference.Agents;

namespace Nexus.Jobs.Samples;

/// <summary>
/// Asks the sample's agent as customers would, a few times a second, and tells what became of it later. Where it is in its
/// stream, and which outcomes are still to be told, it reads from the decisions themselves: after a restart it goes on.
/// </summary>
internal sealed partial class SampleTraffic(
    SampleStore store, SampleRemoval removal, SampleTurns turns, DecisionService decisions, FeedbackService feedback,
    IDbContextFactory<NexusDb> contexts, IOptions<SampleOptions> options, TimeProvider time,
    ILogger<SampleTraffic> logger) : BackgroundService
{
    private const string Unit = "application-";
    private const int Remembered = 5000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrimEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = turns.Listen();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await store.FindAsync(stoppingToken) is { Exists: true, TrafficUntil: { } until } sample && until > time.GetUtcNow())
                    await FlowAsync(sample, until, changes, stoppingToken);
                else if (!await changes.ReadAsync(stoppingToken)) return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationCanceledException)
            {
                await changes.ReadAsync(stoppingToken); // Stopped for a removal, whose end is told.
            }
            catch (Exception failure)
            {
                Log.Failed(logger, failure);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
    }

    /// <summary>Until its time is over, or something changed.</summary>
    private async Task FlowAsync(SampleView sample, DateTimeOffset until, System.Threading.Channels.ChannelReader<bool> changes, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, turns.Stop);
        await turns.Traffic.WaitAsync(either.Token);
        try
        {
            if (await BeginAsync(sample, either.Token) is not { } flow) return;
            var (told, trimmed) = (time.GetTimestamp(), time.GetTimestamp());
            using var timer = new PeriodicTimer(Tick, time);
            while (await timer.WaitForNextTickAsync(either.Token) && time.GetUtcNow() < until && !changes.TryRead(out _))
            {
                await SendAsync(flow);
                if (time.GetElapsedTime(told) >= TellEvery)
                {
                    await TellAsync(flow, sample, either.Token);
                    told = time.GetTimestamp();
                }

                if (time.GetElapsedTime(trimmed) < TrimEvery) continue;
                await removal.TrimAsync(flow.Agent, options.Value.DecisionsKept, either.Token);
                trimmed = time.GetTimestamp();
            }
        }
        finally
        {
            turns.Traffic.Release();
        }
    }

    /// <summary>Where the decisions say that it stands; null while there is no agent.</summary>
    private async Task<TrafficFlow?> BeginAsync(SampleView sample, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var agent = await db.Agents.Where(a => a.Name == sample.Name).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
        if (agent is not { } id) return null;
        var newest = await db.Decisions.AsNoTracking().Where(d => d.AgentId == id && d.Unit != null).OrderByDescending(d => d.At).Take(Remembered)
            .Select(d => new { d.Id, d.At, d.Unit, d.TrueLabel }).ToListAsync(ct);
        var flow = new TrafficFlow(id, sample.Name, SampleSeeder.Traffic(options.Value), options.Value, time.GetUtcNow());
        foreach (var decision in newest)
        {
            if (PlaceOf(decision.Unit!) is not { } place) continue;
            flow.Next = Math.Max(flow.Next, place + 1);
            if (decision.TrueLabel is null) flow.Remember(decision.Id, decision.At, place);
        }

        return flow;
    }

    private async Task SendAsync(TrafficFlow flow)
    {
        for (var left = flow.Due(time.GetUtcNow()); left > 0; left--)
        {
            try
            {
                var place = flow.Next;
                var body = LoanTable.Request(flow.Stream.At(place).Loan, Unit + place.ToString(CultureInfo.InvariantCulture));
                using var call = await decisions.DecideAsync(flow.Name, body, time.GetTimestamp());
                flow.Remember(call.FirstId, call.At, place);
                flow.Next++;
            }
            catch (RefusedException refused)
            {
                Log.Refused(logger, refused.Message);
                return; // Nothing is in Production, say: the next tick asks again.
            }
        }
    }

    private async Task TellAsync(TrafficFlow flow, SampleView sample, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var items = new List<FeedbackInput>();
        while (items.Count < 500 && flow.TakeTold(now) is { } told)
            items.Add(new(told.Decision, FeedbackKinds.Label, CanonicalJson.Write(told.Outcome), Source: "loan-books"));
        if (items.Count > 0) await feedback.AcceptAsync(items, SamplePeople.Engineer(sample), ct);
    }

    private static long? PlaceOf(string unit) =>
        unit.StartsWith(Unit, StringComparison.Ordinal) && long.TryParse(unit.AsSpan(Unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;

    private static partial class Log
    {
        [LoggerMessage(760, LogLevel.Warning, "The sample's traffic is interrupted; it goes on in a moment")]
        public static partial void Failed(ILogger logger, Exception failure);

        [LoggerMessage(761, LogLevel.Debug, "The sample's agent does not answer: {Why}")]
        public static partial void Refused(ILogger logger, string why);
    }
}
