using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Nexus.Data;
using Nexus.Data.Datasets;
using Nexus.Data.Storage;
using Nexus.Inference.Monitoring;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Training.Features;

/// <summary>Splits a table, and fits on its training part how raw columns become numbers.</summary>
internal sealed class TransformComponent(BlobStore blobs, TableEngine tables, ReferenceBuilder references) : IComponent
{
    private static readonly string[] Reserved = [Inference.Onnx.OnnxConventions.Label, Inference.Onnx.OnnxConventions.Scores, Inference.Onnx.OnnxConventions.Prediction];

    public string Name => "transform";
    public string CodeVersion => "1";
    public string Summary => "Splits the rows into training and test, and fits on the training rows how raw columns become numbers.";
    public IReadOnlyDictionary<string, string> Inputs { get; } = new Dictionary<string, string> { ["data"] = StepKinds.Table };
    public string? OutputKind => StepKinds.Features;
    public bool Cacheable => true;
    public string Schema => TransformSchema.Json;

    public IEnumerable<(string Path, string Message)> Check(JsonObject with) => TransformSchema.Check(with);

    public async Task<StepOutput> RunAsync(StepContext step, CancellationToken ct)
    {
        var options = TransformOptions.Read(step.With);
        var data = step.Inputs["data"];
        var columns = CanonicalJson.Read<List<DatasetColumn>>(data.Facts["columns"]!.ToJsonString());
        var label = columns.Find(c => c.Name == options.Label) ?? throw NoColumn("label", options.Label, columns);
        var features = FeaturesOf(options, columns);
        var (train, test) = (blobs.NewPath(), blobs.NewPath());
        using var connection = tables.Open();
        step.Progress(0.05, "splitting");
        await new Splitter(connection, options).WriteAsync(await blobs.FetchAsync(data.Blobs["rows"], ct), train, test, ct);
        var (trainRows, testRows) = (Count(connection, train, ct), Count(connection, test, ct));
        if (trainRows == 0 || testRows == 0)
            throw Refused.Invalid("split", $"The split leaves {trainRows:N0} rows to train and {testRows:N0} to test; both must have some.");
        step.Log($"{trainRows:N0} rows train, {testRows:N0} test (by {options.Split.By}).");
        var given = data.Facts["rows"]?.Deserialize<long>() ?? trainRows + testRows;
        if (given > trainRows + testRows) step.Log($"{given - trainRows - testRows:N0} rows without label{(options.Split.By == "time" ? " or time" : "")} are left out.");

        step.Progress(0.3, "fitting");
        var found = LabelFinder.Find(connection, train, label, options, ct);
        var raw = await new RawTableReader(tables).ReadAsync(train, features, ct);
        var plan = new FeaturePlanner(options, step.Log).Plan(raw, features, found.Task, found.Classes, found.Positive);
        if (plan.Width == 0) throw Refused.Invalid("features", "The features hold nothing to learn from.");
        step.Log($"{found.Task}: {features.Count} columns become {plan.Width:N0} features.");
        step.Progress(0.8, "drawing the reference");
        var reference = await references.BuildAsync(train, features, found.Task == "regression" ? null : label.Name, ct);
        return new(StepKinds.Features, new Dictionary<string, string>
        {
            ["train"] = (await blobs.AdoptAsync(train, ct)).Digest,
            ["test"] = (await blobs.AdoptAsync(test, ct)).Digest,
            ["plan"] = (await blobs.PutTextAsync(CanonicalJson.Write(plan), ct)).Digest,
            ["reference"] = (await blobs.PutTextAsync(CanonicalJson.Write(reference), ct)).Digest,
        }, Facts(data, options, found, features, plan, trainRows, testRows));
    }

    private static JsonObject Facts(
        StepOutput data, TransformOptions options, LabelFinder found, List<DatasetColumn> features, FeaturePlan plan, long trainRows, long testRows) => new()
        {
            ["dataset"] = data.Facts["dataset"]?.DeepClone(),
            ["label"] = options.Label,
            ["task"] = found.Task,
            ["classes"] = new JsonArray([.. found.Classes.Select(c => JsonValue.Create(c))]),
            ["positive"] = found.Positive,
            ["features"] = new JsonArray([.. features.Select(f => new JsonObject { ["name"] = f.Name, ["type"] = f.Type })]),
            ["columns"] = data.Facts["columns"]!.DeepClone(),
            ["roles"] = new JsonObject([.. plan.Columns.Select(c => KeyValuePair.Create(c.Name, (JsonNode?)c.Role.ToString().ToLowerInvariant()))]),
            ["width"] = plan.Width,
            ["trainRows"] = trainRows,
            ["testRows"] = testRows,
            ["split"] = options.Split.By,
            ["labelCounts"] = new JsonObject([.. found.Counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))]),
            ["labelMean"] = found.Mean,
        };

    private static List<DatasetColumn> FeaturesOf(TransformOptions options, List<DatasetColumn> columns)
    {
        foreach (var (path, name) in Named(options))
            if (!columns.Exists(c => c.Name == name)) throw NoColumn(path, name, columns);
        if (options.Features?.Contains(options.Label) == true) throw Refused.Invalid("features", $"'{options.Label}' is the label; it cannot be a feature too.");
        string?[] apart = [options.Label, options.Time, options.Split.Group, options.Split.Column, .. options.Exclude ?? []];
        var features = options.Features is { } wanted
            ? wanted.Select(name => columns.First(c => c.Name == name)).ToList()
            : columns.FindAll(c => !apart.Contains(c.Name));
        if (features.Find(f => Reserved.Contains(f.Name)) is { } taken)
            throw Refused.Invalid("features", $"'{taken.Name}' is what the model's output is called; rename the column.");
        return features;
    }

    private static IEnumerable<(string Path, string Name)> Named(TransformOptions options) =>
    [
        .. (options.Features ?? []).Select(f => ("features", f)),
        .. (options.Exclude ?? []).Select(f => ("exclude", f)),
        .. (options.Roles?.Keys ?? []).Select(f => ("roles", f)),
        .. new[] { ("time", options.Time), ("split.group", options.Split.Group), ("split.column", options.Split.Column) }.Where(n => n.Item2 is not null).Select(n => (n.Item1, n.Item2!)),
    ];

    private static RefusedException NoColumn(string path, string name, List<DatasetColumn> columns) =>
        Refused.Invalid(path, $"The data has no column '{name}'; it has {string.Join(", ", columns.Take(40).Select(c => c.Name))}.");

    private static long Count(DuckDBConnection connection, string parquet, CancellationToken ct) =>
        Statement.Scalar(connection, $"SELECT count(*) FROM read_parquet({TableEngine.Literal(parquet)})", ct);
}
