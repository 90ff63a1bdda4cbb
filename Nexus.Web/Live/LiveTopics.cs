using Nexus.Data;

namespace Nexus.Web.Live;

/// <summary>The topics that programs may listen to.</summary>
internal static class LiveTopics
{
    private static readonly string[] Whole = ["approvals", "labels", "runs", "sweeps", "models", "datasets", "pipelines", "agents", "ledger"];

    /// <summary>All of them, in words.</summary>
    public static IReadOnlyList<string> Forms { get; } = [.. Whole, "agent:{name}", "run:{id}", "sweep:{id}"];

    public static bool IsTopic(string? topic) => topic is not null && (Whole.Contains(topic) || IsOne(topic));

    public static bool IsForAuditors(string topic) => topic == "ledger";

    private static bool IsOne(string topic) => topic.Split(':') is [var kind, var id] && kind switch
    {
        "agent" => Names.IsName(id),
        "run" or "sweep" => Guid.TryParse(id, out _),
        _ => false,
    };
}
