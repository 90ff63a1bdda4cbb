namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>Reads a text for its author while it is being written; a broken text is analyzed as far as it goes.</summary>
public sealed class PipelineAnalyzer
{
    private readonly PipelineComposer _composer;
    private readonly PipelineCompletion _completion;

    internal PipelineAnalyzer(PipelineComposer composer, PipelineCompletion completion) => (_composer, _completion) = (composer, completion);

    public async Task<PipelineAnalysis> AnalyzeAsync(string yaml, IReadOnlyList<string> overrides, CancellationToken ct)
    {
        var composition = await _composer.TryAsync(yaml, overrides, dataset: null, ct);
        var names = composition.Steps.Select(s => s.Name).ToHashSet();
        return new(
            composition.Problems,
            [.. composition.Steps.Select(s => new StepOutline(s.Name, s.Component?.Name, s.NamePlace.Line, s.NamePlace.Column))],
            [.. composition.Steps.SelectMany(s => s.Inputs.Where(i => names.Contains(i.From)).Select(i => new EdgeOutline(i.From, s.Name, i.Name)))],
            composition.Document);
    }

    /// <summary>What could stand at the cursor.</summary>
    /// <param name="line">1-based.</param>
    /// <param name="column">1-based: before the character at which the cursor stands.</param>
    public async Task<IReadOnlyList<CompletionItem>> CompleteAsync(string yaml, int line, int column, CancellationToken ct) =>
        _completion.Complete(await _composer.TryAsync(yaml, [], dataset: null, ct), yaml, line, column);

    /// <summary>What the word at the cursor means; null where nothing is known of it.</summary>
    public async Task<HoverText?> HoverAsync(string yaml, int line, int column, CancellationToken ct) =>
        _completion.Hover(await _composer.TryAsync(yaml, [], dataset: null, ct), line, column);
}
