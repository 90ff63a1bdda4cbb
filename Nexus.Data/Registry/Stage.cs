namespace Nexus.Data.Registry;

/// <summary>Where a model version stands. At most one version of a model is in Production.</summary>
public enum Stage
{
    None,
    Staging,
    Production,
    Archived,
}
