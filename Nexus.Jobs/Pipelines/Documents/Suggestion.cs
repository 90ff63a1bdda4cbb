using Nexus.Data;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>"Did you mean": the nearest of the known words, if it is near.</summary>
internal static class Suggestion
{
    public static string? For(string word, IEnumerable<string> known) => NearestWord.Among(word, known);

    /// <inheritdoc cref="NearestWord.Distance"/>
    internal static int Distance(string a, string b) => NearestWord.Distance(a, b);
}
