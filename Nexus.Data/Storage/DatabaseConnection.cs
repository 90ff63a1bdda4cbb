using Nexus.Data.Storage.Databases;

namespace Nexus.Data.Storage;

/// <summary>Which database this node works on, for those who connect beside EF Core.</summary>
/// <param name="Text">The connection string; it may hold a password.</param>
public sealed record DatabaseConnection(DatabaseProvider Provider, string Text)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => Provider.Name;
}
