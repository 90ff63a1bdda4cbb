using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Samples;
using Nexus.Web.Identity;

namespace Nexus.Web.Samples;

/// <summary>The six stations, through the sample workspace where there is one, through the portal's lists where there is none.</summary>
public sealed class Tour(IDbContextFactory<NexusDb> contexts, SampleStore samples)
{
    public async Task<IReadOnlyList<TourStep>> StepsAsync(CancellationToken ct)
    {
        var name = await samples.FindAsync(ct) is { Exists: true } sample ? sample.Name : null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var newest = name is null ? null : await db.ModelVersions.Where(v => v.ModelName == name).OrderByDescending(v => v.Version)
            .Select(v => new { v.Version, v.RunId }).FirstOrDefaultAsync(ct);
        var prefix = $"model/{name}@";
        var approval = name is null ? null : await db.Approvals.Where(a => a.Subject.StartsWith(prefix))
            .OrderByDescending(a => a.CreatedAt).Select(a => new { a.Id, a.State }).FirstOrDefaultAsync(ct);
        return
        [
            new("What needs you", "Home begins with what waits for you, most urgent first, each with its one action. Below it: how every agent does, what runs, what happened.",
                "/", ["section[aria-label='What needs you']", "main .panel"], Policies.Viewer),
            new("An agent at work", name is null
                    ? "An agent answers requests with a model's signed version. Its page says whether it is still right, fast and asked what it has learnt."
                    : "It answers a few applications a second while you look. After some minutes the applicants change: accuracy falls and Monitoring names the features that moved.",
                name is null ? "/agents" : $"/agents/{name}?range=1h", ["main .stack .grid.g2", "main .panel"], Policies.Viewer),
            new("The run that made a version", "A pipeline is a few lines of YAML; this is one execution of it. Choose a step in the graph to read its log, settings and results.",
                newest?.RunId is { } run ? $"/runs/{run}" : "/runs", ["main .stack > .panel", "main .panel"], Policies.Viewer),
            new("May this version go live?", "Its metrics beside those of the version that serves, on the same rows, with intervals; slices, signature, lineage and card under the tabs.",
                newest is null ? "/models" : $"/models/{name}/{newest.Version}", ["main .stack > .panel", "main .panel"], Policies.Viewer),
            new("A second person signs", approval is { State: ApprovalState.Pending }
                    ? "Who asks for Production cannot grant it. Signed in as an Approver you sign here, bound to exactly this evidence; the agent serves the new version with the same click."
                    : "Who asks for Production cannot grant it. Each approval keeps the evidence that was shown, who signed it, and when.",
                approval is null ? "/approvals" : $"/approvals/{approval.Id}", [".sign", "main .panel"], Policies.Viewer),
            new("Who did what", "Every change stands in an append-only ledger, chained by hashes: change one byte and Verify finds it. You have seen it all; the key ? brings this tour again.",
                "/audit", ["main .head", "main .panel"], Policies.Auditor),
        ];
    }
}
