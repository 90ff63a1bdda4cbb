namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>The environment variables that documents may read, by name; every other is refused, whether it is set or not.</summary>
/// <param name="allowed">From <c>Nexus:Pipelines:Environment</c>.</param>
/// <param name="read">Null where the variable is not set.</param>
internal sealed class EnvironmentReads(IReadOnlyCollection<string> allowed, Func<string, string?> read)
{
    public static EnvironmentReads None { get; } = new([], _ => null);

    public IReadOnlyCollection<string> Allowed => allowed;

    public bool Allows(string name) => allowed.Contains(name);

    public string? Read(string name) => Allows(name) ? read(name) : null;
}
