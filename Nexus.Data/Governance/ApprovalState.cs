using System.Text.Json.Serialization;

namespace Nexus.Data.Governance;

/// <summary>Where an approval stands; all but Pending are final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalState>))]
public enum ApprovalState
{
    Pending,
    Approved,
    Rejected,

    /// <summary>What was to be approved has changed since it was shown.</summary>
    Lapsed,

    /// <summary>Nobody decided in time.</summary>
    Expired,
}
