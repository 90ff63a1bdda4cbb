namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>Where configs are kept.</summary>
internal interface IConfigSource
{
    /// <summary>The newest text, or null where there is no such config.</summary>
    Task<ConfigText?> FindAsync(string group, string name, CancellationToken ct);

    /// <summary>The names in a group, in order; none where there is no such group.</summary>
    Task<IReadOnlyList<string>> OptionsAsync(string group, CancellationToken ct);

    Task<IReadOnlyList<string>> GroupsAsync(CancellationToken ct);
}
