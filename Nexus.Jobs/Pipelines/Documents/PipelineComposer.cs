using Nexus.Data;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>From a text and overrides to what runs: read, overridden, interpolated, checked, ordered.</summary>
internal sealed class PipelineComposer(ComponentCatalog components)
{
    private readonly ParameterSchemas _schemas = new();

    /// <exception cref="RefusedException">Invalid, with the place of the first problem, or the override at fault.</exception>
    public async Task<PipelineDocument> ComposeAsync(string yaml, IReadOnlyList<string> overrides, string? dataset, CancellationToken ct)
    {
        var composition = await TryAsync(yaml, overrides, dataset, ct);
        return composition.Document ?? throw Refuse(composition);
    }

    /// <param name="dataset">Binds the dataset of the document's one <c>ingest</c>.</param>
    public async Task<Composition> TryAsync(string yaml, IReadOnlyList<string> overrides, string? dataset, CancellationToken ct)
    {
        var problems = new List<PipelineProblem>();
        var written = YamlReader.Read(yaml, problems);
        var unreadable = problems.FirstOrDefault();
        if (written is not { Kind: NodeKind.Map })
        {
            if (written is not null) new PipelineGrammar(components, problems).Read(written);
            return new(written, null, [], problems, null, unreadable);
        }

        if (dataset is not null) Bind(written, dataset, problems);
        OverrideEditor.Apply(written, overrides, problems);
        var resolved = Interpolation.Resolve(written, problems);
        var steps = new PipelineGrammar(components, problems).Read(resolved);
        var ordered = StepGraph.Order(steps, problems);
        foreach (var step in steps.Where(s => s.Component is not null && s.With?.IsOpen != true)) await _schemas.CheckAsync(step, problems, ct);
        problems.Sort((a, b) => (a.Line, a.Column).CompareTo((b.Line, b.Column)));
        return new(written, resolved, ordered.Count == steps.Count ? ordered : steps, problems, problems.Count == 0 ? Document(resolved, ordered) : null, unreadable);
    }

    private static PipelineDocument Document(DocumentNode resolved, IReadOnlyList<StepDraft> ordered)
    {
        var json = resolved.ToJson()!.AsObject();
        var composed = CanonicalJson.Write(json);
        return new(
            resolved["name"]?.Text,
            resolved["description"]?.Text ?? "",
            [.. ordered.Select(s => PipelineStep.From(s.Name, json["steps"]![s.Name]!.AsObject()))],
            composed,
            CanonicalJson.Digest(composed));
    }

    private static void Bind(DocumentNode root, string dataset, List<PipelineProblem> problems)
    {
        var text = $"dataset={dataset}";
        var ingests = root["steps"]?.Members.Where(s => s.Node["component"]?.Text == "ingest").ToList() ?? [];
        if (ingests.Count != 1)
        {
            problems.Add(PipelineProblem.In(text, ingests.Count == 0
                ? "The pipeline has no step 'ingest' to bind the dataset to."
                : $"The pipeline has several ingest steps; bind each by an override, as {ingests[0].Name}.dataset={dataset}."));
            return;
        }

        var step = ingests[0].Node;
        if (step["with"] is not { Kind: NodeKind.Map } with) step.Set("with", step.Place, with = new(NodeKind.Map, step.Place));
        with.Set("dataset", with.Place, new(NodeKind.Scalar, with.Place) { Override = text, Scalar = dataset });
    }

    // One of several problems is the cause of the others more often than not: broken YAML, or a misspelt key ("'with' is missing").
    private static RefusedException Refuse(Composition composition)
    {
        var problems = composition.Problems;
        var first = problems.FirstOrDefault(p => p.Override is not null) ?? composition.Unreadable
            ?? problems.FirstOrDefault(p => p.Suggestion is not null) ?? problems[0];
        if (first.Override is { } @override)
            return Refused.Invalid(@override.StartsWith("dataset=", StringComparison.Ordinal) ? "dataset" : "overrides", $"{@override}: {first.Text}");
        var more = problems.Count > 1 ? $" (and {problems.Count - 1} more)" : "";
        return Refused.InvalidAt(first.Line, first.Column, first.Text + more);
    }
}
