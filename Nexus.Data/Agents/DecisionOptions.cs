using System.ComponentModel.DataAnnotations;

namespace Nexus.Data.Agents;

/// <summary>How long decisions stay in the database: the section <c>Nexus:Decisions</c>.</summary>
public sealed class DecisionOptions
{
    public const string Section = "Nexus:Decisions";

    /// <summary>What monitoring looks back over, and a day: less would take from it what it reads.</summary>
    public const int LeastKeepDays = 32;

    /// <summary>
    /// Decisions of whole days older than this move from the database to Parquet blobs, where they stay readable. 0: never; else at least 32. Default 90.
    /// </summary>
    [Range(0, 36_500)]
    public int KeepDays { get; set; } = 90;

    /// <summary>How often is looked for such decisions. Default 3600: once an hour.</summary>
    [Range(1, 86_400)]
    public int MoveEverySeconds { get; set; } = 3600;
}
