using System.Globalization;
using Nexus.Data;

namespace Nexus.Jobs.Pipelines;

/// <summary>A text was written over a revision that is not the newest any more: keeping it would undo what somebody else did.</summary>
internal static class OverwrittenRevision
{
    /// <param name="newest">0 where there is none.</param>
    public static RefusedException Refusal(string what, int expected, int newest, string? by, DateTimeOffset? at)
    {
        var now = newest == 0
            ? $"There is no {what}"
            : string.Create(CultureInfo.InvariantCulture, $"{by} saved revision {newest} of the {what} at {at:yyyy-MM-dd HH:mm} UTC");
        return Refused.Conflict($"{now}; this text was written over {(expected == 0 ? "none" : $"revision {expected}")}. Read the newest, then save again.");
    }
}
