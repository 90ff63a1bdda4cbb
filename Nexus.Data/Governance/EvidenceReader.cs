using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nexus.Data.Registry;
using Nexus.Data.Storage;

namespace Nexus.Data.Governance;

/// <summary>Reads what an approver is to be shown, as it is at this moment.</summary>
public sealed class EvidenceReader(BlobStore blobs, TimeProvider time)
{
    /// <summary>The digest of the artifact's bytes; slow for a large one, so read it before a transaction, not in it.</summary>
    public async Task<string> ArtifactDigestAsync(string digest, CancellationToken ct)
    {
        if (!await blobs.ExistsAsync(digest, ct)) return "missing";
        await using var artifact = await blobs.OpenReadAsync(digest, ct);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(artifact, ct));
    }

    /// <param name="artifact">What <see cref="ArtifactDigestAsync"/> answered for the version.</param>
    public async Task<ApprovalEvidence> ReadAsync(NexusDb db, Model model, ModelVersion version, Stage to, string artifact, CancellationToken ct)
    {
        var production = model.ProductionVersion is { } number
            ? await db.ModelVersions.AsNoTracking().SingleAsync(v => v.ModelId == model.Id && v.Version == number, ct)
            : null;
        var now = UtcMicroseconds.Truncate(time.GetUtcNow());
        return new(
            model.Name,
            version.Version,
            version.Stage,
            to,
            Evidence(version, artifact),
            production is null ? null : Evidence(production, production.Digest),
            Comparison(version, production),
            SignatureDifference.Between(Signature(production), Signature(version)!),
            await AgentsAsync(db, model.Name, now, ct),
            now);
    }

    private static async Task<IReadOnlyList<AffectedAgent>> AgentsAsync(NexusDb db, string model, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - TimeSpan.FromDays(1);
        return await db.Agents.Where(a => a.ModelName == model).OrderBy(a => a.Name)
            .Select(a => new AffectedAgent(
                a.Name, db.MonitoringMinutes.Where(m => m.AgentId == a.Id && m.Minute >= since).Sum(m => (long?)m.Decisions) ?? 0))
            .ToListAsync(ct);
    }

    private static VersionEvidence Evidence(ModelVersion version, string artifact) => new(
        version.Version,
        artifact,
        version.Bytes,
        version.CreatedBy,
        version.CreatedAt,
        version.RunId,
        version.Description,
        CanonicalJson.Read<SortedDictionary<string, MetricEstimate>>(version.Metrics),
        version.Evaluation is null ? null : CanonicalJson.Digest(version.Evaluation),
        version.Evaluation is null ? null : CanonicalJson.Read<EvaluationReport>(version.Evaluation).Gates,
        CanonicalJson.Read<JsonElement>(version.Provenance));

    /// <summary>The candidate against what is in Production now; a comparison with an earlier one says nothing any more.</summary>
    private static ProductionComparison? Comparison(ModelVersion version, ModelVersion? production) =>
        version.Evaluation is { } evaluation && CanonicalJson.Read<EvaluationReport>(evaluation).Production is { } comparison
            && comparison.Model == version.ModelName && comparison.Version == production?.Version
            ? comparison
            : null;

    private static ModelSignature? Signature(ModelVersion? version) =>
        version is null ? null : CanonicalJson.Read<ModelSignature>(version.Signature);
}
