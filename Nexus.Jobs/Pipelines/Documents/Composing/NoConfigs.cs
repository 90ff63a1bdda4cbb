namespace Nexus.Jobs.Pipelines.Documents.Composing;

/// <summary>An empty store.</summary>
internal sealed class NoConfigs : IConfigSource
{
    public Task<ConfigText?> FindAsync(string group, string name, CancellationToken ct) => Task.FromResult<ConfigText?>(null);

    public Task<IReadOnlyList<string>> OptionsAsync(string group, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<IReadOnlyList<string>> GroupsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);
}
