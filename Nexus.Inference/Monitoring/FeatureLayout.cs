using Nexus.Data;

namespace Nexus.Inference.Monitoring;

/// <summary>Where each feature's bins lie in one row of counts. Fixed by the reference, and so for the life of the model version.</summary>
public sealed class FeatureLayout
{
    private const int MarkBytes = 4;

    private readonly Dictionary<string, int> _byName;
    private readonly byte[] _mark;

    public FeatureLayout(ReferenceProfile reference)
    {
        Reference = reference;
        Binners = [.. reference.Features.Select(f => new FeatureBinner(f))];
        Offsets = new int[Binners.Count];
        for (var i = 0; i < Binners.Count; i++)
        {
            Offsets[i] = Bins;
            Bins += Binners[i].Bins;
        }

        _byName = Binners.Select((b, i) => (b.Reference.Name, i)).ToDictionary(b => b.Name, b => b.i, StringComparer.Ordinal);
        _mark = Convert.FromHexString(CanonicalJson.Digest(CanonicalJson.Write(reference)))[..MarkBytes];
    }

    public ReferenceProfile Reference { get; }

    public IReadOnlyList<FeatureBinner> Binners { get; }

    /// <summary>The first bin of each feature.</summary>
    public int[] Offsets { get; }

    /// <summary>Bins of all features together.</summary>
    public int Bins { get; private set; }

    /// <summary>The feature's place, or −1.</summary>
    public int IndexOf(string name) => _byName.GetValueOrDefault(name, -1);

    /// <summary>The counts, and before them a mark of this layout: counts of another are never taken for these.</summary>
    internal byte[] Pack(ReadOnlySpan<long> counts) => [.. _mark, .. PackedCounts.Pack(counts)];

    internal bool Add(ReadOnlySpan<byte> packed, Span<long> counts)
    {
        if (packed.Length < MarkBytes || !packed[..MarkBytes].SequenceEqual(_mark)) return false;
        PackedCounts.Add(packed[MarkBytes..], counts);
        return true;
    }

    /// <summary>The bins of one feature out of a row of counts.</summary>
    internal ReadOnlySpan<long> Of(int feature, ReadOnlySpan<long> counts) => counts.Slice(Offsets[feature], Binners[feature].Bins);
}
