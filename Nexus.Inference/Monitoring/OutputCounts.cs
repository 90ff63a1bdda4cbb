using System.Runtime.InteropServices;
using System.Text;

namespace Nexus.Inference.Monitoring;

/// <summary>What was answered how often: per class by its name, or per bucket of <see cref="ScoreScale"/> for a regression.</summary>
internal sealed class OutputCounts
{
    public Dictionary<string, long> Labels { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<int, long> Scores { get; } = [];

    public void Count(string? label, double? score)
    {
        if (label is not null) CollectionsMarshal.GetValueRefOrAddDefault(Labels, label, out _)++;
        else if (score is { } value) Scores[ScoreScale.Of(value)] = Scores.GetValueOrDefault(ScoreScale.Of(value)) + 1;
    }

    public byte[] Pack()
    {
        using var bytes = new MemoryStream();
        PackedCounts.Write(bytes, (ulong)Labels.Count);
        foreach (var (label, count) in Labels.OrderBy(l => l.Key, StringComparer.Ordinal))
        {
            var text = Encoding.UTF8.GetBytes(label);
            PackedCounts.Write(bytes, (ulong)text.Length);
            bytes.Write(text);
            PackedCounts.Write(bytes, (ulong)count);
        }

        foreach (var (bucket, count) in Scores)
        {
            PackedCounts.Write(bytes, (ulong)((bucket << 1) ^ (bucket >> 31)));
            PackedCounts.Write(bytes, (ulong)count);
        }

        return bytes.ToArray();
    }

    /// <summary>Adds what <see cref="Pack"/> packed.</summary>
    public void Add(ReadOnlySpan<byte> packed)
    {
        if (packed.IsEmpty) return;
        for (var labels = PackedCounts.Read(ref packed); labels > 0; labels--)
        {
            var length = (int)PackedCounts.Read(ref packed);
            var label = Encoding.UTF8.GetString(packed[..length]);
            packed = packed[length..];
            Labels[label] = Labels.GetValueOrDefault(label) + (long)PackedCounts.Read(ref packed);
        }

        while (!packed.IsEmpty)
        {
            var folded = (int)PackedCounts.Read(ref packed);
            var bucket = (folded >> 1) ^ -(folded & 1);
            Scores[bucket] = Scores.GetValueOrDefault(bucket) + (long)PackedCounts.Read(ref packed);
        }
    }
}
