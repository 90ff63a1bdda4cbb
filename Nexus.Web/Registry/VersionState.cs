using Nexus.Data;
using Nexus.Data.Governance;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>All that the page of a model version shows.</summary>
/// <param name="Report">Null for a version that came without an evaluation.</param>
/// <param name="Production">What is in Production now; null where nothing is, or where it is this version.</param>
/// <param name="ProductionReport">Its evaluation.</param>
/// <param name="Pending">The approval that waits for a signature.</param>
public sealed record VersionState(
    ModelView Model, ModelVersionView Version, EvaluationReport? Report, ModelVersionView? Production, EvaluationReport? ProductionReport, ApprovalView? Pending)
{
    public IReadOnlyDictionary<string, MetricEstimate> Metrics => Estimates(Version);

    /// <summary>Production on the same rows where that was measured, else on its own test split.</summary>
    public IReadOnlyDictionary<string, MetricEstimate>? ProductionMetrics => Comparison?.Metrics ?? (Production is null ? null : Estimates(Production));

    /// <summary>With the version that is in Production now; a comparison with an earlier one says nothing any more.</summary>
    public ProductionComparison? Comparison =>
        Report?.Production is { } comparison && Production is { } now && comparison.Version == now.Version && comparison.Model == now.Model ? comparison : null;

    public string? Primary => MetricNames.Primary(Version.Metrics.Keys);

    public int Failed => Report?.Gates.Count(g => !g.Passed) ?? 0;

    /// <summary>Who answers by it, in words.</summary>
    public string Serves => Version.Stage != Stage.Production ? "nobody: it is not in Production"
        : Model.Agents.Count == 0 ? "in Production; no agent follows this model"
        : $"production of {string.Join(", ", Model.Agents)}";

    public static async Task<VersionState> ReadAsync(ModelCatalog catalog, ApprovalInbox inbox, string name, int number, CancellationToken ct)
    {
        var model = await catalog.GetAsync(name, ct);
        var version = await catalog.GetVersionAsync(name, number, ct);
        var production = model.Production?.Version == number ? null : model.Production;
        return new(
            model,
            version,
            await ReportAsync(name, number),
            production,
            production is null ? null : await ReportAsync(name, production.Version),
            await inbox.PendingForAsync($"model/{name}@{number}", ct));

        async Task<EvaluationReport?> ReportAsync(string of, int at) =>
            await catalog.EvaluationAsync(of, at, ct) is { } json ? CanonicalJson.Read<EvaluationReport>(json) : null;
    }

    public static Dictionary<string, MetricEstimate> Estimates(ModelVersionView version) => version.Metrics.ToDictionary(
        m => m.Key,
        m => version.Intervals.TryGetValue(m.Key, out var interval) ? new MetricEstimate(m.Value, interval.Lower, interval.Upper) : new MetricEstimate(m.Value));
}
