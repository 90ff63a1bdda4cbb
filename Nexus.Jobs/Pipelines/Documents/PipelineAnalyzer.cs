using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Reads a text for its author while it is being written; a broken text is analyzed as far as it goes.</summary>
public sealed class PipelineAnalyzer
{
    private readonly PipelineComposer _composer;
    private readonly PipelineCompletion _completion;
    private readonly IConfigSource _configs;

    internal PipelineAnalyzer(PipelineComposer composer, PipelineCompletion completion, IConfigSource? configs = null) =>
        (_composer, _completion, _configs) = (composer, completion, configs ?? new NoConfigs());

    /// <param name="overrides">Those that name several values included: the document then has the first of each.</param>
    public async Task<PipelineAnalysis> AnalyzeAsync(string yaml, IReadOnlyList<string> overrides, CancellationToken ct)
    {
        var spanning = new List<PipelineProblem>();
        var options = await GlobOptions.ReadAsync(overrides, _configs, ct);
        var space = SweepGrammar.Read(overrides, options.GetValueOrDefault, spanning);
        var composition = await _composer.TryAsync(yaml, space.First(), dataset: null, ct);
        var names = composition.Steps.Select(s => s.Name).ToHashSet();
        return new(
            [.. composition.Problems, .. spanning],
            [.. composition.Steps.Select(s => Outline(s, composition.Problems))],
            [.. composition.Steps.SelectMany(s => s.Inputs.Where(i => names.Contains(i.From)).Select(i => new EdgeOutline(i.From, s.Name, i.Name)))],
            spanning.Count == 0 ? composition.Document : null,
            composition.Resolved is { } resolved ? ComposedYaml.Lines(resolved) : [],
            space,
            composition.IsSound && spanning.Count == 0);
    }

    /// <summary>What could stand at the cursor.</summary>
    /// <param name="line">1-based.</param>
    /// <param name="column">1-based: before the character at which the cursor stands.</param>
    public async Task<IReadOnlyList<CompletionItem>> CompleteAsync(string yaml, int line, int column, CancellationToken ct)
    {
        var cursor = YamlCursor.Locate(yaml, line, column);
        return cursor.Path is ["defaults", ..]
            ? await DefaultsCompletion.CompleteAsync(_configs, "", cursor, ct)
            : _completion.Complete(await _composer.TryAsync(yaml, [], dataset: null, ct), cursor);
    }

    /// <summary>What could stand at the cursor of a config's text: what it may compose.</summary>
    /// <param name="group">The config's own group, from which its defaults count.</param>
    public async Task<IReadOnlyList<CompletionItem>> CompleteConfigAsync(string group, string yaml, int line, int column, CancellationToken ct)
    {
        var cursor = YamlCursor.Locate(yaml, line, column);
        return cursor.Path is ["defaults", ..] ? await DefaultsCompletion.CompleteAsync(_configs, group, cursor, ct) : [];
    }

    /// <summary>What the word at the cursor means; null where nothing is known of it.</summary>
    public async Task<HoverText?> HoverAsync(string yaml, int line, int column, CancellationToken ct) =>
        _completion.Hover(await _composer.TryAsync(yaml, [], dataset: null, ct), line, column);

    private static StepOutline Outline(StepDraft step, IReadOnlyList<PipelineProblem> problems)
    {
        var (from, to) = (step.NamePlace.Line, Math.Max(step.NamePlace.Line, LastLine(step.Node)));
        var own = problems.Count(p => p.Override is null ? p.Config == step.Node.Config && p.Line >= from && p.Line <= to : Names(p.Override, step.Name));
        var with = step.With;
        var about = (with?["dataset"] ?? with?["trainer"] ?? (step.ComponentName == "push" ? with?["model"] : null)) is { Unresolved: false } node ? node.Text : null;
        return new(step.Name, step.Component?.Name, step.NamePlace.Line, step.NamePlace.Column, step.Node.Config, about, own);
    }

    private static int LastLine(DocumentNode node) =>
        node.Members.Select(m => m.Node).Concat(node.Items).Where(c => c.Config == node.Config && c.Override is null).Select(LastLine).Append(node.Override is null ? node.Place.EndLine : 0).Max();

    private static bool Names(string @override, string step)
    {
        var path = @override.TrimStart('+', '~');
        return path.StartsWith(step + ".", StringComparison.Ordinal) || path.StartsWith($"steps.{step}.", StringComparison.Ordinal);
    }
}
