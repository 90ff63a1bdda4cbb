using Nexus.Inference.Onnx;

namespace Nexus.Jobs.Training.Features;

/// <summary>A text's words, and from them TF-IDF or hashed counts, as ONNX.</summary>
internal sealed class TextGraph(OnnxGraphBuilder graph)
{
    // No word holds this character, so padding never counts as one.
    private const string Padding = "#";
    private static readonly long[] FromTheStart = [0];

    public string Write(string input, TextPlan plan)
    {
        var words = Tokens(input);
        var weighted = plan.Encode == "hashing" ? Buckets(words, plan) : Weighted(words, plan);
        var norm = graph.Add("ReduceL2", [weighted, graph.Constant([1L], 1)], ("keepdims", 1L));
        return graph.Add("Div", [weighted, graph.Add("Max", [norm, graph.Constant([1e-12f], 1)])]);
    }

    /// <summary>MurmurHash3 of each text, as uint32.</summary>
    public static string Hash(OnnxGraphBuilder graph, string texts) =>
        graph.AddOf(OnnxGraphBuilder.Microsoft, "MurmurHash3", [texts], ("seed", 0L), ("positive", 1L));

    private string Tokens(string input)
    {
        var flat = graph.Add("Reshape", [input, graph.Constant([-1L], 1)]);
        var lower = graph.Add("StringNormalizer", [flat], ("case_change_action", "LOWER"), ("is_case_sensitive", 1L), ("locale", "C"));
        return graph.AddOf(
            OnnxGraphBuilder.Microsoft, "Tokenizer", [lower],
            ("mark", 0L), ("pad_value", Padding), ("tokenexp", Words.Expression), ("mincharnum", 1L));
    }

    private string Weighted(string words, TextPlan plan)
    {
        var grams = plan.Terms.GroupBy(t => t.Count(c => c == ' ') + 1).ToDictionary(g => g.Key, g => g.ToList());
        List<string> pool = [];
        List<long> starts = [];
        for (var length = 1; length <= plan.MaxGram; length++)
        {
            starts.Add(pool.Count);
            foreach (var term in grams.GetValueOrDefault(length) ?? []) pool.AddRange(term.Split(' '));
        }

        var counts = graph.Add(
            "TfIdfVectorizer", [words],
            ("mode", "TF"), ("min_gram_length", (long)plan.MinGram), ("max_gram_length", (long)plan.MaxGram), ("max_skip_count", 0L),
            ("ngram_counts", starts), ("ngram_indexes", Enumerable.Range(0, plan.Terms.Count).Select(i => (long)i).ToArray()), ("pool_strings", pool));
        var one = graph.Constant([1f], 1);
        var damped = graph.Add("Add", [graph.Add("Log", [graph.Add("Max", [counts, one])]), one]);
        var present = graph.Add("Min", [counts, one]);
        return graph.Add("Mul", [graph.Add("Mul", [damped, present]), graph.Constant(plan.Idf.ToArray(), 1, plan.Idf.Count)]);
    }

    private string Buckets(string words, TextPlan plan)
    {
        var modulus = graph.Constant([TextBuckets.Modulus], 1);
        var hash = graph.Add("Mod", [graph.Add("Cast", [Hash(graph, words)], ("to", (long)OnnxElement.Int64)), modulus]);
        var single = graph.Add("Where", [graph.Add("Equal", [words, graph.Constant([Padding], 1)]), graph.Constant([-1L], 1), hash]);
        var grams = single;
        List<string> lengths = [];
        for (var length = 1; length <= plan.MaxGram; length++)
        {
            if (length > 1) grams = Longer(grams, single, length, modulus);
            if (length >= plan.MinGram) lengths.Add(Bucket(grams, plan.Buckets));
        }

        var all = lengths.Count == 1 ? lengths[0] : graph.Add("Concat", lengths, ("axis", 1L));
        var places = Enumerable.Range(0, plan.Buckets).Select(i => (long)i).ToArray();
        return graph.Add(
            "TfIdfVectorizer", [all],
            ("mode", "TF"), ("min_gram_length", 1L), ("max_gram_length", 1L), ("max_skip_count", 0L),
            ("ngram_counts", FromTheStart), ("ngram_indexes", places), ("pool_int64s", places));
    }

    private string Longer(string grams, string single, int length, string modulus)
    {
        var axis = graph.Constant([1L], 1);
        var first = graph.Add("Slice", [grams, graph.Constant([0L], 1), graph.Constant([-1L], 1), axis]);
        var last = graph.Add("Slice", [single, graph.Constant([(long)length - 1], 1), graph.Constant([long.MaxValue], 1), axis]);
        var sum = graph.Add("Add", [graph.Add("Mul", [first, graph.Constant([TextBuckets.Factor], 1)]), last]);
        var padded = graph.Add("Less", [last, graph.Constant([0L], 1)]);
        return graph.Add("Where", [padded, graph.Constant([-1L], 1), graph.Add("Mod", [sum, modulus])]);
    }

    private string Bucket(string grams, int buckets)
    {
        var padded = graph.Add("Less", [grams, graph.Constant([0L], 1)]);
        return graph.Add("Where", [padded, graph.Constant([-1L], 1), graph.Add("Mod", [grams, graph.Constant([(long)buckets], 1)])]);
    }
}
