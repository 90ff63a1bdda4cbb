namespace Nexus.Jobs.Training.Features;

/// <summary>
/// Hashed n-grams in arithmetic that ONNX has: a word's hash is MurmurHash3 modulo 2³¹ − 1, a longer n-gram's is
/// (hash of the first words · 31 + the last word's hash) modulo the same; the bucket is that modulo the buckets.
/// </summary>
internal static class TextBuckets
{
    public const long Modulus = int.MaxValue;
    public const long Factor = 31;

    public static SortedDictionary<int, int> Count(List<string> words, TextPlan plan)
    {
        var counts = new SortedDictionary<int, int>();
        var single = words.ConvertAll(w => Murmur3.Hash(w) % Modulus);
        var grams = single;
        for (var length = 1; length <= plan.MaxGram; length++)
        {
            if (length > 1) grams = [.. single.Skip(length - 1).Select((last, i) => ((grams[i] * Factor) + last) % Modulus)];
            if (length < plan.MinGram) continue;
            foreach (var bucket in grams.Select(g => (int)(g % plan.Buckets))) counts[bucket] = counts.GetValueOrDefault(bucket) + 1;
        }

        return counts;
    }
}
