using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Pipelines;

/// <summary>Composes pipelines for those who want to see first: the document, where each value came from, what a sweep would span.</summary>
public sealed class CompositionService
{
    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly PipelineComposer _composer;
    private readonly IConfigSource _configs;

    internal CompositionService(IDbContextFactory<NexusDb> contexts, PipelineComposer composer, IConfigSource configs) =>
        (_contexts, _composer, _configs) = (contexts, composer, configs);

    /// <param name="overrides">Those that name several values included.</param>
    /// <param name="dataset">As a run's start has it.</param>
    /// <param name="revision">Null: the newest.</param>
    /// <exception cref="RefusedException">NotFound: pipeline. Invalid: overrides, dataset, or the text as it composes.</exception>
    public async Task<ComposedPipeline> ComposeAsync(string pipeline, IReadOnlyList<string> overrides, string? dataset, CancellationToken ct, int? revision = null)
    {
        await using var db = await _contexts.CreateDbContextAsync(ct);
        var row = await db.Pipelines.AsNoTracking().FirstOrDefaultAsync(p => p.Name == pipeline, ct) ?? throw Refused.NotFound("pipeline", pipeline);
        var wanted = revision ?? row.Revision;
        var yaml = await db.PipelineRevisions.Where(r => r.PipelineId == row.Id && r.Revision == wanted).Select(r => r.Yaml).FirstOrDefaultAsync(ct)
            ?? throw Refused.NotFound("revision", wanted);
        if (dataset is not null) await RunLauncher.CheckDatasetAsync(db, dataset, ct);
        var space = await SpanAsync(overrides, ct);
        var composition = await _composer.TryAsync(yaml, space.First(), dataset, ct);
        return composition.Document is { } document ? new(document, ComposedYaml.Lines(composition.Resolved!), space) : throw PipelineComposer.Refuse(composition);
    }

    /// <summary>What the overrides span, <c>glob(…)</c> over a group's options included.</summary>
    /// <exception cref="RefusedException">Invalid: overrides.</exception>
    public async Task<SweepSpace> SpanAsync(IReadOnlyList<string> overrides, CancellationToken ct)
    {
        var options = await GlobOptions.ReadAsync(overrides, _configs, ct);
        return SweepGrammar.Parse(overrides, options.GetValueOrDefault);
    }
}
