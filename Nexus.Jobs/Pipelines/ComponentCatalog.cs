namespace Nexus.Jobs.Pipelines;

/// <summary>The components that are registered, by name.</summary>
public sealed class ComponentCatalog(IEnumerable<IComponent> components)
{
    private readonly Dictionary<string, IComponent> _byName = components.ToDictionary(c => c.Name);

    /// <summary>In the order of registration.</summary>
    public IReadOnlyCollection<IComponent> All => _byName.Values;

    public IComponent? Find(string name) => _byName.GetValueOrDefault(name);
}
