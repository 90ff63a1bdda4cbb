using Nexus.Jobs.Pipelines.Documents.Composing;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>Configs by their path, all of revision 1.</summary>
internal sealed class FakeConfigs(params (string Path, string Yaml)[] configs) : IConfigSource
{
    public Task<ConfigText?> FindAsync(string group, string name, CancellationToken ct) =>
        Task.FromResult(configs.Where(c => c.Path == $"{group}/{name}").Select(c => new ConfigText(group, name, 1, c.Yaml)).FirstOrDefault());

    public Task<IReadOnlyList<string>> OptionsAsync(string group, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>([.. configs.Where(c => c.Path[..c.Path.LastIndexOf('/')] == group).Select(c => c.Path[(group.Length + 1)..])]);

    public Task<IReadOnlyList<string>> GroupsAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>([.. configs.Select(c => c.Path[..c.Path.LastIndexOf('/')]).Distinct()]);
}
