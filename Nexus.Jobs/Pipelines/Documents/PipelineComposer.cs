using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents.Composing;
using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>From a text and overrides to what runs: read, composed of its defaults, overridden, interpolated, checked, ordered.</summary>
internal sealed class PipelineComposer(ComponentCatalog components, IConfigSource? source = null, EnvironmentReads? environment = null)
{
    private readonly ParameterSchemas _schemas = new();
    private readonly IConfigSource _configs = source ?? new NoConfigs();

    /// <summary>The same over other configs.</summary>
    public PipelineComposer With(IConfigSource other) => new(components, other, environment);

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

        var (groups, values) = await SplitAsync(written, OverrideEditor.ParseAll(overrides, problems), ct);
        var composed = await new DefaultsComposer(_configs, GroupChoices.From(groups, problems), problems).ComposeAsync(written, null, ct);
        if (dataset is not null) Bind(composed.Root, dataset, problems);
        OverrideEditor.Apply(composed.Root, values.Where(v => !composed.Absent.Contains(v.Key.Segments[0])), problems);
        var resolved = Interpolation.Resolve(composed.Root, problems, environment, composed.Absent);
        if (resolved is null) return new(written, null, [], problems, null, null, composed.Configs);
        var steps = new PipelineGrammar(components, problems, composed.Packages).Read(resolved);
        var ordered = StepGraph.Order(steps, problems);
        foreach (var step in steps.Where(s => s.Component is not null && s.With?.IsOpen != true)) await _schemas.CheckAsync(step, problems, ct);
        problems.Sort((a, b) => (!a.IsHere, a.Line, a.Column).CompareTo((!b.IsHere, b.Line, b.Column)));
        return new(
            written, resolved, ordered.Count == steps.Count ? ordered : steps, problems,
            problems.Count == 0 ? Document(resolved, ordered, composed.Configs) : null, unreadable, composed.Configs);
    }

    /// <summary>Whether a config can stand: it reads, its own defaults lead somewhere, its interpolations close.</summary>
    public async Task<(IReadOnlyList<PipelineProblem> Problems, IReadOnlyList<UsedConfig> Configs)> CheckConfigAsync(ConfigText config, CancellationToken ct)
    {
        var problems = new List<PipelineProblem>();
        var document = YamlReader.Read(config.Yaml, problems);
        if (document is not { Kind: NodeKind.Map })
        {
            if (document is not null) problems.Add(PipelineProblem.At(document, $"A config is a mapping, not {document.KindName}."));
            return (problems, []);
        }

        var composed = await new DefaultsComposer(_configs, GroupChoices.From([], problems), problems).ComposeAsync(document, config, ct);
        InterpolationSyntax.Check(document, problems);
        return (problems, composed.Configs);
    }

    /// <summary>The refusal that names the first cause.</summary>
    public static RefusedException Refuse(Composition composition) => Refuse(composition.Problems, composition.Unreadable);

    // One of several problems is the cause of the others more often than not: broken YAML, or a misspelt key ("'with' is missing").
    public static RefusedException Refuse(IReadOnlyList<PipelineProblem> problems, PipelineProblem? unreadable)
    {
        var first = problems.FirstOrDefault(p => p.Override is not null) ?? unreadable
            ?? problems.FirstOrDefault(p => p.Suggestion is not null) ?? problems[0];
        if (first.Override is { } @override)
            return Refused.Invalid(@override.StartsWith("dataset=", StringComparison.Ordinal) ? "dataset" : "overrides", $"{@override}: {first.Text}");
        var more = problems.Count > 1 ? $" (and {problems.Count - 1} more)" : "";
        var where = first.Config is { } config ? $"{config}, line {first.Line}, column {first.Column}: " : "";
        return Refused.InvalidAt(first.Line, first.Column, where + first.Text + more);
    }

    private static PipelineDocument Document(DocumentNode resolved, IReadOnlyList<StepDraft> ordered, IReadOnlyList<UsedConfig> configs)
    {
        var json = resolved.ToJson()!.AsObject();
        var composed = CanonicalJson.Write(json);
        return new(
            resolved["name"]?.Text,
            resolved["description"]?.Text ?? "",
            [.. ordered.Select(s => PipelineStep.From(s.Name, json["steps"]![s.Name]!.AsObject()))],
            composed,
            CanonicalJson.Digest(composed),
            ValueOrigins.All(resolved),
            configs);
    }

    // As in Hydra: what names a group that there is chooses a config, all else changes a value.
    private async Task<(List<ParsedOverride> Groups, List<ParsedOverride> Values)> SplitAsync(DocumentNode written, IReadOnlyList<ParsedOverride> overrides, CancellationToken ct)
    {
        var (groups, values) = (new List<ParsedOverride>(), new List<ParsedOverride>());
        foreach (var parsed in overrides) (await IsGroupAsync(written, parsed, ct) ? groups : values).Add(parsed);
        return (groups, values);
    }

    private async Task<bool> IsGroupAsync(DocumentNode written, ParsedOverride parsed, CancellationToken ct)
    {
        var (path, value) = (parsed.Key.Path, parsed.Value as ValueTerm);
        if (parsed.Key.Package is not null || parsed.Key.IsGroupPath) return true;
        if (path.Contains('.', StringComparison.Ordinal) || value?.Node.Kind == NodeKind.Map) return false;
        if (PipelineGrammar.RootKeys.Contains(path) || written["steps"]?[path] is not null) return false;
        var named = written["defaults"]?.Items.SelectMany(i => i.Members).Any(m => m.Name.Split(' ')[^1].Split('@')[0].TrimStart('/') == path) == true;
        return named || (await _configs.OptionsAsync(path, ct)).Count > 0;
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
        var place = new Place(1, "dataset=".Length + 1, 1, text.Length + 1);
        if (step["with"] is not { Kind: NodeKind.Map } with) step.Set("with", step.Place, with = new(NodeKind.Map, place) { Override = text });
        with.Set("dataset", place, new(NodeKind.Scalar, place) { Override = text, Scalar = dataset });
    }
}
