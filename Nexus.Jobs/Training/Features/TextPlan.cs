namespace Nexus.Jobs.Training.Features;

/// <summary>
/// Word n-grams of one text. tfidf: (1 + ln tf) · idf per known term; hashing: counts per bucket, n-grams hashed from their words' hashes.
/// Either way divided by the row's Euclidean norm.
/// </summary>
/// <param name="Terms">Shorter n-grams first, words joined by a space; empty for hashing.</param>
/// <param name="Idf">ln((1 + rows) / (1 + rows with the term)) + 1; as long as <paramref name="Terms"/>.</param>
internal sealed record TextPlan(
    string Encode, int MinGram, int MaxGram, IReadOnlyList<string> Terms, IReadOnlyList<float> Idf, int Buckets)
{
    public int Width => Encode == "hashing" ? Buckets : Terms.Count;
}
