using System.ComponentModel.DataAnnotations;

namespace Nexus.Data;

/// <summary>What every project of the portal reads from the section <c>Nexus</c>.</summary>
public sealed class NexusOptions
{
    public const string Section = "Nexus";

    /// <summary>Everything this node writes lies under it: database, blobs, journal, keys. Made if absent.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Comma-separated: web, jobs, inference. Default: all.</summary>
    public string Roles { get; set; } = "web,jobs,inference";

    /// <summary>A key that exists with every role while the portal runs; at least 32 characters.</summary>
    public string? BootstrapApiKey { get; set; }

    public DatabaseOptions Database { get; set; } = new();

    /// <summary>Whether this node does that kind of work.</summary>
    public bool Does(string role) => RoleNames.Contains(role, StringComparer.OrdinalIgnoreCase);

    /// <summary>The roles one by one, as they are written.</summary>
    public IReadOnlyList<string> RoleNames => Roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public string PathOf(string name) => Path.Combine(Path.GetFullPath(DataDirectory), name);

    /// <summary>The database behind EF Core.</summary>
    public sealed class DatabaseOptions
    {
        /// <summary>Sqlite, PostgreSql or SqlServer; the latter two by <c>ConnectionStrings:Nexus</c>.</summary>
        public string Provider { get; set; } = "Sqlite";
    }
}
