using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Pipelines;
using Nexus.Data.Storage;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Pipelines;

/// <summary>Finds the output of an equal step that ran before, and explains where there is none.</summary>
internal sealed class StepCache(IDbContextFactory<NexusDb> contexts, BlobStore blobs)
{
    /// <summary>All that the outcome depends on.</summary>
    public static JsonObject Parts(IComponent component, PipelineStep step, JsonObject resolved, IReadOnlyDictionary<string, StepOutput> inputs) => new()
    {
        ["component"] = component.Name,
        ["codeVersion"] = component.CodeVersion,
        ["resolved"] = resolved.DeepClone(),
        ["inputs"] = new JsonObject(inputs.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)Digest(i.Value)))),
        ["with"] = step.With.DeepClone(),
    };

    public static string Digest(StepOutput output) => CanonicalJson.Digest(CanonicalJson.Write(output));

    /// <summary>The entry, if all of its blobs are still there.</summary>
    public async Task<StepCacheEntry?> FindAsync(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var entry = await db.StepCacheEntries.AsNoTracking().FirstOrDefaultAsync(e => e.CacheKey == key, ct);
        if (entry is null) return null;
        foreach (var digest in CanonicalJson.Read<StepOutput>(entry.Output).Blobs.Values)
        {
            if (!await blobs.ExistsAsync(digest, ct)) return null;
        }

        return entry;
    }

    /// <summary>What differs from the latest step of that name in the same pipeline.</summary>
    public async Task<string> ExplainMissAsync(Run run, string step, JsonObject parts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var before = await (
            from other in db.RunSteps
            join origin in db.Runs on other.RunId equals origin.Id
            where origin.PipelineId == run.PipelineId && origin.Number <= run.Number && other.Name == step
                && other.Status == StepStatus.Succeeded && other.CacheKeyParts != null && origin.Id != run.Id
            orderby origin.Number descending
            select other.CacheKeyParts).FirstOrDefaultAsync(ct);
        return before is null ? "it has not run before" : Explain(JsonNode.Parse(before)!.AsObject(), parts);
    }

    internal static string Explain(JsonObject before, JsonObject now)
    {
        var reasons = new List<string>();
        foreach (var part in new[] { "component", "codeVersion" })
        {
            if (!JsonNode.DeepEquals(before[part], now[part])) reasons.Add($"{(part == "component" ? part : "code version")}: {Words(before[part])} → {Words(now[part])}");
        }

        AddChanges(reasons, "parameters", before["with"], now["with"]);
        var inputs = Names(before["inputs"]).Union(Names(now["inputs"]));
        reasons.AddRange(inputs.Where(i => !JsonNode.DeepEquals(before["inputs"]?[i], now["inputs"]?[i])).Select(i => $"input {i} changed"));
        AddChanges(reasons, "resolved", before["resolved"], now["resolved"]);
        var text = reasons.Count == 0 ? "its output is no longer kept" : string.Join("; ", reasons);
        return text.Length <= 1000 ? text : text[..999] + "…";
    }

    private static void AddChanges(List<string> reasons, string part, JsonNode? before, JsonNode? now)
    {
        var (old, @new) = (Flat.Of(before), Flat.Of(now));
        var changes = old.Keys.Union(@new.Keys).Order(StringComparer.Ordinal)
            .Where(k => !JsonNode.DeepEquals(old.GetValueOrDefault(k), @new.GetValueOrDefault(k)) || old.ContainsKey(k) != @new.ContainsKey(k))
            .Select(k => $"{k} {(old.TryGetValue(k, out var a) ? Words(a) : "(not set)")} → {(@new.TryGetValue(k, out var b) ? Words(b) : "(not set)")}")
            .ToList();
        if (changes.Count > 0) reasons.Add($"{part}: {string.Join(", ", changes)}");
    }

    private static IEnumerable<string> Names(JsonNode? node) => node?.AsObject().Select(m => m.Key) ?? [];

    private static string Words(JsonNode? value)
    {
        var text = value is JsonValue scalar && scalar.TryGetValue<string>(out var words) ? words : CanonicalJson.Write(value);
        return text.Length <= 60 ? text : text[..59] + "…";
    }
}
