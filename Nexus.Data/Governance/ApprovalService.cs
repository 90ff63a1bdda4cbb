using Microsoft.EntityFrameworkCore;
using Nexus.Data.Agents;
using Nexus.Data.Audit;
using Nexus.Data.Identity;
using Nexus.Data.Lineage;
using Nexus.Data.Live;
using Nexus.Data.Registry;

namespace Nexus.Data.Governance;

/// <summary>
/// Asks for approvals and decides them. With no policy written, one Approver other than the requester signs; an API key
/// counts as its owner, and the ledger records who made the key.
/// </summary>
public sealed class ApprovalService(
    IDbContextFactory<NexusDb> contexts, EvidenceReader evidence, ApprovalInbox inbox, IServedModels served, LiveEvents live, TimeProvider time)
{
    /// <summary>How long an approval stays open.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromHours(72);

    /// <exception cref="RefusedException">NotFound; Conflict where it stands there already or an approval of it is pending.</exception>
    internal async Task<Guid> RequestAsync(StageTransition change, string reason, Actor actor, CancellationToken ct)
    {
        await inbox.CloseExpiredAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var artifact = await ArtifactAsync(db, change, ct) ?? throw Refused.NotFound("model version", $"{change.Model}@{change.Version}");
        var id = await db.TransactAsync(
            async () =>
            {
                var (model, version) = await SubjectAsync(db, change, ct);
                if (version.Stage == change.To) throw Refused.Conflict($"{change.Model} {change.Version} is in {change.To} already.");
                if (version.Digest != artifact) throw Refused.Conflict($"The artifact of {change.Model} {change.Version} is missing or damaged.");
                var subject = StageChange.Subject(change.Model, change.Version);
                var pending = await db.Approvals.Where(a => a.Subject == subject && a.State == ApprovalState.Pending).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
                if (pending is { } other) throw Refused.Conflict($"Approval {other} of {change.Model} {change.Version} is pending already.");
                var approval = New(change, subject, reason, actor, await evidence.ReadAsync(db, model, version, change.To, artifact, ct));
                db.Approvals.Add(approval);
                Ledger.Append(db, actor, "approval.requested", $"approval/{approval.Id}", new
                {
                    subject,
                    to = change.To,
                    reason,
                    evidence = approval.EvidenceDigest,
                    expires = approval.ExpiresAt,
                });
                await db.SaveChangesAsync(ct);
                return approval.Id;
            },
            ct);
        await inbox.TellAsync("requested", id, ct);
        return id;
    }

    /// <summary>
    /// Decides, and executes what was approved, in one transaction. Where what is to be approved has changed since it was
    /// shown, the approval lapses and the call is refused.
    /// </summary>
    /// <exception cref="RefusedException">Forbidden to the requester and without the role Approver; Conflict if decided, expired or changed; NotFound.</exception>
    public async Task<ApprovalView> DecideAsync(Guid id, Verdict verdict, Actor actor, CancellationToken ct)
    {
        actor.Demand(Role.Approver);
        verdict.Check();
        await inbox.CloseExpiredAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var change = CanonicalJson.Read<StageTransition>(
            await db.Approvals.Where(a => a.Id == id).Select(a => a.Change).SingleOrDefaultAsync(ct) ?? throw Refused.NotFound("approval", id));
        var artifact = await ArtifactAsync(db, change, ct);
        var decided = await db.TransactAsync(() => DecideAsync(db, id, change, artifact, verdict, actor, ct), ct);
        if (decided.State == ApprovalState.Approved)
        {
            // The change is committed: whether the caller still waits no longer matters.
            await served.RefreshAsync(CancellationToken.None);
            live.Publish("models", "transitioned", new { model = change.Model, version = change.Version, stage = change.To });
        }

        await inbox.TellAsync("decided", id, CancellationToken.None);
        return decided.State == ApprovalState.Lapsed
            ? throw Refused.Conflict("What is to be approved has changed since it was shown; the approval has lapsed. Ask again.")
            : ApprovalView.From(decided);
    }

    private async Task<Approval> DecideAsync(
        NexusDb db, Guid id, StageTransition change, string? artifact, Verdict verdict, Actor actor, CancellationToken ct)
    {
        var approval = await db.Approvals.SingleAsync(a => a.Id == id, ct);
        var subject = await TrySubjectAsync(db, change, ct);
        var digestNow = subject is var (model, version) && artifact is not null
            ? await DigestNowAsync(db, approval, model, version, change.To, artifact, ct)
            : "gone";
        var now = UtcMicroseconds.Truncate(time.GetUtcNow());
        if (approval.WouldLapse(actor, digestNow, now))
        {
            approval.Close(ApprovalState.Lapsed, now);
            Ledger.Append(db, actor, "approval.lapsed", $"approval/{id}", new { approval.Subject, evidence = approval.EvidenceDigest, now = digestNow });
            await db.SaveChangesAsync(ct);
            return approval;
        }

        approval.Decide(verdict.Approves, verdict.Comment, actor, digestNow, now);
        Ledger.Append(db, actor, verdict.Approves ? "approval.approved" : "approval.rejected", $"approval/{id}", new
        {
            approval.Subject,
            comment = verdict.Comment,
            evidence = approval.EvidenceDigest,
            requestedBy = approval.RequestedBy,
        });
        if (verdict.Approves && subject is var (promoted, next)) await ExecuteAsync(db, approval, promoted, next, change.To, actor, ct);
        await db.SaveChangesAsync(ct);
        return approval;
    }

    private async Task ExecuteAsync(NexusDb db, Approval approval, Model model, ModelVersion version, Stage to, Actor actor, CancellationToken ct)
    {
        await StageChange.ApplyAsync(db, model, version, to, approval.Reason, approval.Id, actor, time, ct);
        await LineageGraph.AddAsync(db, $"approval/{approval.Id}", "approved", approval.Subject, time, ct);
        // The others of this model were shown a Production version that no longer is.
        var prefix = $"model/{model.Name}@";
        foreach (var other in await db.Approvals.Where(a => a.State == ApprovalState.Pending && a.Id != approval.Id && a.Subject.StartsWith(prefix)).ToListAsync(ct))
        {
            other.Close(ApprovalState.Lapsed, time.GetUtcNow());
            Ledger.Append(db, actor, "approval.lapsed", $"approval/{other.Id}", new { other.Subject, evidence = other.EvidenceDigest, because = approval.Subject });
        }
    }

    private async Task<string> DigestNowAsync(
        NexusDb db, Approval approval, Model model, ModelVersion version, Stage to, string artifact, CancellationToken ct)
    {
        var now = await evidence.ReadAsync(db, model, version, to, artifact, ct);
        return CanonicalJson.Digest(CanonicalJson.Write(now.WithAgentsOf(CanonicalJson.Read<ApprovalEvidence>(approval.Evidence))));
    }

    private Approval New(StageTransition change, string subject, string reason, Actor actor, ApprovalEvidence shown)
    {
        var now = time.GetUtcNow();
        var text = CanonicalJson.Write(shown);
        return new()
        {
            Id = Ids.New(time),
            Kind = "model-transition",
            Subject = subject,
            Change = CanonicalJson.Write(change),
            CreatedAt = UtcMicroseconds.Truncate(now),
            ExpiresAt = UtcMicroseconds.Truncate(now + Open),
            RequestedBy = actor.Name,
            Reason = reason,
            Evidence = text,
            EvidenceDigest = CanonicalJson.Digest(text),
        };
    }

    private async Task<string?> ArtifactAsync(NexusDb db, StageTransition change, CancellationToken ct) =>
        await db.ModelVersions.Where(v => v.ModelName == change.Model && v.Version == change.Version).Select(v => v.Digest).SingleOrDefaultAsync(ct) is { } digest
            ? await evidence.ArtifactDigestAsync(digest, ct)
            : null;

    private static async Task<(Model Model, ModelVersion Version)?> TrySubjectAsync(NexusDb db, StageTransition change, CancellationToken ct)
    {
        var model = await db.Models.SingleOrDefaultAsync(m => m.Name == change.Model, ct);
        var version = model is null ? null : await db.ModelVersions.SingleOrDefaultAsync(v => v.ModelId == model.Id && v.Version == change.Version, ct);
        return model is null || version is null ? null : (model, version);
    }

    private static async Task<(Model Model, ModelVersion Version)> SubjectAsync(NexusDb db, StageTransition change, CancellationToken ct) =>
        await TrySubjectAsync(db, change, ct) ?? throw Refused.NotFound("model version", $"{change.Model}@{change.Version}");
}
