using Nexus.Web.Shell;

namespace Nexus.Web.Lineage;

/// <summary>The graph in words.</summary>
internal static class LineageWords
{
    /// <summary>What stands between the two ends of an arrow.</summary>
    public static string Of(string relation) => relation switch
    {
        "read" => "was read by",
        "composed" => "went into",
        "ran" => "ran as",
        "swept" => "was swept by",
        "reused" => "gave a step to",
        _ => relation,
    };

    public static string Kind(string kind) => kind == "model" ? "model version" : kind;

    public static ChipState State(string? state) => state switch
    {
        "Succeeded" or "Production" or "Approved" or "Serving" => ChipState.Good,
        "Failed" or "Rejected" => ChipState.Bad,
        "Running" or "Queued" or "Pending" or "Paused" => ChipState.Busy,
        "Removed" or "Deleted" => ChipState.Unknown,
        _ => ChipState.Plain,
    };
}
