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

    /// <summary>What the register of nodes calls this one; default: the machine's name.</summary>
    public string? NodeName { get; set; }

    /// <summary>
    /// Common to all nodes, at least 32 characters: under it the keys that they share are sealed in the database. Without it
    /// keys are files of this node alone.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>Carries live events between nodes, as StackExchange.Redis writes it: <c>host:6379,password=…</c>; without it they stay on the node.</summary>
    public string? Redis { get; set; }

    /// <summary>A volume of the data directory with less room than this counts as full: the node is not ready. Default 64.</summary>
    [Range(1, 1_000_000)]
    public int ReserveMegabytes { get; set; } = 64;

    public DatabaseOptions Database { get; set; } = new();

    public BlobOptions Blobs { get; set; } = new();

    /// <summary>Whether this node does that kind of work.</summary>
    public bool Does(string role) => RoleNames.Contains(role, StringComparer.OrdinalIgnoreCase);

    /// <summary>The roles one by one, as they are written.</summary>
    public IReadOnlyList<string> RoleNames => Roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public string PathOf(string name) => Path.Combine(Path.GetFullPath(DataDirectory), name);

    /// <summary>Where blobs lie.</summary>
    public string BlobDirectory => Blobs.Directory is { Length: > 0 } shared ? Path.GetFullPath(shared) : PathOf("blobs");

    /// <summary>The database behind EF Core.</summary>
    public sealed class DatabaseOptions
    {
        /// <summary>Sqlite, PostgreSql or SqlServer; the latter two by <c>ConnectionStrings:Nexus</c>.</summary>
        public string Provider { get; set; } = "Sqlite";
    }

    /// <summary>The content that the database names by its digest.</summary>
    public sealed class BlobOptions
    {
        /// <summary>Files or S3. Credentials of S3 come by the means of the AWS SDK: environment, profile, role.</summary>
        public string Provider { get; set; } = "Files";

        /// <summary>Files: a folder that all nodes share; default: <c>blobs</c> in the data directory.</summary>
        public string? Directory { get; set; }

        /// <summary>S3: the bucket, which is there already.</summary>
        public string? Bucket { get; set; }

        /// <summary>S3: what all keys begin with; ends with a slash, or is empty.</summary>
        public string Prefix { get; set; } = "";

        /// <summary>S3: the address of a server other than Amazon's.</summary>
        public string? Endpoint { get; set; }

        /// <summary>S3: default by the means of the AWS SDK, or us-east-1 with an endpoint.</summary>
        public string? Region { get; set; }

        /// <summary>S3: how much of it this machine keeps as files. Default 10240.</summary>
        public int CacheMegabytes { get; set; } = 10_240;

        /// <summary>How long a blob that no row names stays after it was put. Default 24.</summary>
        public int GraceHours { get; set; } = 24;
    }
}
