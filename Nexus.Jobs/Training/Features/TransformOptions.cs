using System.Text.Json;
using System.Text.Json.Nodes;
using Nexus.Data;

namespace Nexus.Jobs.Training.Features;

/// <summary>The parameters of transform, as its schema describes them.</summary>
internal sealed record TransformOptions(
    string Label,
    string? Positive = null,
    string? Time = null,
    string? Task = null,
    IReadOnlyList<string>? Features = null,
    IReadOnlyList<string>? Exclude = null,
    IReadOnlyDictionary<string, string>? Roles = null)
{
    public SplitOptions Split { get; init; } = new();
    public NumericOptions Numeric { get; init; } = new();
    public CategoricalOptions Categorical { get; init; } = new();
    public TextOptions Text { get; init; } = new();
    public DateOptions Dates { get; init; } = new();

    public static TransformOptions Read(JsonObject with) => with.Deserialize<TransformOptions>(CanonicalJson.Options)!;

    internal sealed record SplitOptions(
        string By = "random", double Train = 0.8, long Seed = 0, string? Group = null, string? Column = null, string? Test = null);

    internal sealed record NumericOptions(string Impute = "median", string Scale = "standard", float Constant = 0);

    internal sealed record CategoricalOptions(string Encode = "onehot", int MaxCategories = 64, int Buckets = 64);

    internal sealed record TextOptions(string Encode = "tfidf", int MaxTerms = 50_000, int Buckets = 4096)
    {
        public IReadOnlyList<int> Ngrams { get; init; } = [1, 1];
    }

    internal sealed record DateOptions
    {
        public IReadOnlyList<string> Parts { get; init; } = ["month", "day", "weekday", "hour"];
    }
}
