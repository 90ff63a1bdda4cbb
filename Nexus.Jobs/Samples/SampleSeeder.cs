using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Agents;
using Nexus.Data.Datasets;
using Nexus.Data.Governance;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Samples;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Samples;

/// <summary>
/// Makes the sample workspace as two people would, through the portal's own services: data, a pipeline, a run, a signature, an
/// agent with traffic; then newer data, a better candidate that waits for a signature, and a run that failed. Every step finds
/// what is there already, so that after a kill it goes on where it was.
/// </summary>
internal sealed class SampleSeeder(
    SampleStore store, SamplePeople people, DatasetService datasets, PipelineService pipelines, RunLauncher runs, ModelCatalog models,
    TransitionService transitions, ApprovalService approvals, AgentService agents, SampleCard card, SampleTurns turns,
    IDbContextFactory<NexusDb> contexts, IOptions<SampleOptions> options, TimeProvider time)
{
    private const long Seed = 1993;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly int _rows = options.Value.Rows;

    /// <summary>The stream that the traffic draws from.</summary>
    internal static LoanStream Traffic(SampleOptions options) => new(Seed + 2, options.SwitchAtDecision);

    /// <exception cref="RefusedException">A service refused a step: somebody else's work is in the way.</exception>
    public async Task RunAsync(SampleView sample, CancellationToken ct)
    {
        (string Words, Func<Task> Do)[] steps =
        [
            ("Two people", () => people.EnsureAsync(sample, ct)),
            ("The first dataset", () => ImportAsync(sample, "applications-spring.csv", new(Seed, long.MaxValue), _rows, TimeSpan.FromDays(30), ct)),
            ("The pipeline", () => pipelines.PutAsync(sample.Name, LoanPipeline.Yaml(sample.Name), SamplePeople.Engineer(sample), ct)),
            ("Training the first model", () => TrainAsync(sample, "first", $"{sample.Name}@1", [], ct)),
            ("The model's card", async () => await card.WriteAsync(sample, await VersionAsync(sample, "first", ct), ct)),
            ("Asking for Production, and signing it", () => PromoteAsync(sample, ct)),
            ("The agent and its traffic", () => ServeAsync(sample, ct)),
            ("Newer data", () => ImportAsync(sample, "applications-summer.csv", new(Seed + 1, _rows / 2), _rows * 3 / 2, TimeSpan.FromHours(1), ct)),
            ("Training a candidate on it", () => TrainAsync(sample, "candidate", $"{sample.Name}@2", ["params.leaves=31", "train.params.iterations=120"], ct)),
            ("Asking for a signature", () => AskAsync(sample, ct)),
            ("A linear model that misses its mark", () => FailAsync(sample, ct)),
        ];
        foreach (var (index, step) in steps.Index())
        {
            ct.ThrowIfCancellationRequested();
            await store.ReportAsync(step.Words, index, steps.Length, ct);
            await step.Do();
        }

        await store.ReadyAsync(steps.Length, ct);
    }

    /// <summary>The rows end so long before the workspace was begun.</summary>
    private async Task ImportAsync(SampleView sample, string file, LoanStream stream, int rows, TimeSpan before, CancellationToken ct)
    {
        var content = await Task.Run(() => LoanTable.Csv(stream, rows, sample.CreatedAt - before), ct);
        await datasets.ImportAsync(sample.Name, new MemoryStream(content, writable: false), ImportFormats.Csv, file, null, SamplePeople.Engineer(sample), ct);
    }

    private async Task<Run> TrainAsync(SampleView sample, string word, string dataset, IReadOnlyList<string> overrides, CancellationToken ct)
    {
        var run = await RunAsync(sample, word, dataset, overrides, ct);
        return run.Status == RunStatus.Succeeded ? run : throw Refused.Conflict($"Run {sample.Name} #{run.Number} ended otherwise than expected: {run.Status}. {run.Error}");
    }

    private async Task<Run> RunAsync(SampleView sample, string word, string dataset, IReadOnlyList<string> overrides, CancellationToken ct)
    {
        var id = await runs.StartAsync(sample.Name, overrides, dataset, SamplePeople.Engineer(sample), ct, id: SampleIds.Of(sample.CreatedAt, word));
        while (true)
        {
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw Refused.NotFound("run", id);
                if (run.Status is RunStatus.Succeeded or RunStatus.Failed or RunStatus.Canceled) return run;
            }

            await Task.Delay(Look, time, ct);
        }
    }

    /// <summary>The first version to Production: one asks, the other signs.</summary>
    private async Task PromoteAsync(SampleView sample, CancellationToken ct)
    {
        if ((await models.GetAsync(sample.Name, ct)).ProductionVersion is not null) return;
        var version = await VersionAsync(sample, "first", ct);
        var approval = await PendingAsync(sample, version, ct)
            ?? (await transitions.RequestAsync(sample.Name, version, Stage.Production, "The first model. AUC holds on the test split.", SamplePeople.Engineer(sample), ct)).ApprovalId!.Value;
        await approvals.DecideAsync(approval, new(true, "Gates passed; signed for the start."), SamplePeople.Approver(sample), ct);
    }

    private async Task ServeAsync(SampleView sample, CancellationToken ct)
    {
        await agents.PutAsync(sample.Name, sample.Name, "Will the loan be repaid? Generated applications; outcomes come late, as in life.", SamplePeople.Engineer(sample), ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var id = await db.Agents.Where(a => a.Name == sample.Name).Select(a => a.Id).SingleAsync(ct);
        // Only where it never ran: who stopped it while the rest was being made meant it.
        if (sample.TrafficUntil is null && !await db.Decisions.AnyAsync(d => d.AgentId == id, ct))
            await store.SetTrafficAsync(time.GetUtcNow() + options.Value.TrafficLasts, SamplePeople.Engineer(sample), ct);
        turns.Tell();
    }

    /// <summary>The candidate's approval is left for the newcomer.</summary>
    private async Task AskAsync(SampleView sample, CancellationToken ct)
    {
        var version = await VersionAsync(sample, "candidate", ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var subject = $"model/{sample.Name}@{version}";
        if (await db.Approvals.AnyAsync(a => a.Subject == subject, ct)) return;
        const string reason = "Trained on the summer's applications too. Since then some ask for more and are younger, and the served version was never shown any of them.";
        await transitions.RequestAsync(sample.Name, version, Stage.Production, reason, SamplePeople.Engineer(sample), ct);
    }

    private async Task FailAsync(SampleView sample, CancellationToken ct)
    {
        var run = await RunAsync(sample, "linear", $"{sample.Name}@2", ["train.trainer=linear", "~train.params", "evaluate.require.auc.min=0.95"], ct);
        if (run.Status != RunStatus.Failed) throw Refused.Conflict($"Run {sample.Name} #{run.Number} was to fail at its mark; it is {run.Status}.");
    }

    private async Task<int> VersionAsync(SampleView sample, string word, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = SampleIds.Of(sample.CreatedAt, word);
        return await db.ModelVersions.Where(v => v.RunId == run).Select(v => v.Version).SingleAsync(ct);
    }

    private async Task<Guid?> PendingAsync(SampleView sample, int version, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var subject = $"model/{sample.Name}@{version}";
        return await db.Approvals.Where(a => a.Subject == subject && a.State == ApprovalState.Pending).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
    }
}
