using System.Globalization;
using Nexus.Data;
using Nexus.Inference.Agents;

namespace Nexus.Inference.Monitoring;

/// <summary>Value → bin of one feature's reference. Binary search or one look-up; allocates nothing.</summary>
public sealed class FeatureBinner
{
    private readonly double[]? _edges;
    private readonly Dictionary<string, int>? _categories;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly bool _isText;

    public FeatureBinner(FeatureReference reference)
    {
        Reference = reference;
        Bins = reference.Counts.Count;
        _isText = reference.Kind == "text";
        _edges = reference.Edges?.ToArray();
        if (reference.Categories is null) return;
        _categories = new(reference.Categories.Count, StringComparer.Ordinal);
        for (var i = 0; i < reference.Categories.Count; i++) _categories[reference.Categories[i]] = i;
        _byText = _categories.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public FeatureReference Reference { get; }

    /// <summary>All bins, the missing one included.</summary>
    public int Bins { get; }

    /// <summary>The last bin.</summary>
    public int Missing => Bins - 1;

    /// <summary>The bin of all categories without one of their own; −1 where the feature is not categorical.</summary>
    public int Other => _categories is null ? -1 : Bins - 2;

    /// <summary>The bin of a number; not-a-number is missing. A categorical feature takes it as it is written in invariant form.</summary>
    public int Of(double value)
    {
        if (double.IsNaN(value)) return Missing;
        if (_isText) return 0;
        if (_edges is null)
        {
            Span<char> text = stackalloc char[32];
            if (value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture) && _byText.TryGetValue(text[..length], out var bin)) return bin;
            return value is 0 or 1 && _byText.TryGetValue(value is 1 ? "true" : "false", out bin) ? bin : Other; // a truth value comes as 1 or 0
        }

        // The first edge that is not below the value: bins are (−∞, e₁], (e₁, e₂] … (eₖ, ∞).
        int low = 0, high = _edges.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_edges[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The bin of a text. A numeric feature takes what reads as a number, or as a time; all else is missing to it.</summary>
    public int Of(ReadOnlySpan<char> value)
    {
        if (_isText) return 0;
        if (_categories is not null) return _byText.TryGetValue(value, out var bin) ? bin : Other;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return Of(number);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Of((time.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMicrosecond)
            : Missing;
    }

    /// <summary>The bin of a feature as a decision carries it.</summary>
    public int Of(in FeatureValue value) => value.Text is { } text ? Of(text.AsSpan()) : Of(value.Number);

    /// <summary>What each bin holds, in words for a person: <c>≤ 0.3</c>, <c>0.3 – 0.7</c>, <c>other</c>, <c>missing</c>.</summary>
    public IReadOnlyList<string> Names()
    {
        var names = new List<string>(Bins);
        if (_isText) names.Add("present");
        else if (_edges is not null) AddRanges(names, _edges);
        else names.AddRange([.. Reference.Categories!, "other"]);
        names.Add("missing");
        return names;
    }

    private static void AddRanges(List<string> names, double[] edges)
    {
        static string Text(double edge) => Figures.Text(edge);
        if (edges.Length == 0)
        {
            names.Add("all");
            return;
        }

        names.Add($"≤ {Text(edges[0])}");
        for (var i = 1; i < edges.Length; i++) names.Add($"{Text(edges[i - 1])} – {Text(edges[i])}");
        names.Add($"> {Text(edges[^1])}");
    }
}
