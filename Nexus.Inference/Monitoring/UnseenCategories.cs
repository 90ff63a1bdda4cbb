using Nexus.Data;

namespace Nexus.Inference.Monitoring;

/// <summary>Categories that the reference does not know, by feature; the first few of each, with how often they came.</summary>
internal sealed class UnseenCategories
{
    private const int PerFeature = 8;
    private const int MaxLength = 100;

    private readonly SortedDictionary<string, SortedDictionary<string, long>> _byFeature = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Of(string feature) => _byFeature.GetValueOrDefault(feature) ?? [];

    public void Count(string feature, string category, long times = 1)
    {
        if (category.Length > MaxLength) category = category[..MaxLength];
        if (!_byFeature.TryGetValue(feature, out var seen)) _byFeature[feature] = seen = new(StringComparer.Ordinal);
        if (seen.TryGetValue(category, out var count)) seen[category] = count + times;
        else if (seen.Count < PerFeature) seen[category] = times;
    }

    public void Add(string? json)
    {
        if (json is null) return;
        foreach (var (feature, seen) in CanonicalJson.Read<Dictionary<string, Dictionary<string, long>>>(json))
        {
            foreach (var (category, count) in seen) Count(feature, category, count);
        }
    }

    public string? Pack() => _byFeature.Count == 0 ? null : CanonicalJson.Write(_byFeature);
}
