namespace Nexus.Jobs.Training.Features;

/// <summary>
/// onehot: a column per value, none set for what is missing, rare or new. ordinal: the value's place, −1 for those. hashing: a
/// column per bucket by MurmurHash3 of the UTF-8 bytes, none set for what is missing.
/// </summary>
/// <param name="Values">The most frequent first; as text, also for numbers. Empty for hashing.</param>
internal sealed record CategoryPlan(string Encode, IReadOnlyList<string> Values, int Buckets)
{
    public int Width => Encode switch { "ordinal" => 1, "hashing" => Buckets, _ => Values.Count };
}
