using Nexus.Data;
using Nexus.Data.Governance;

namespace Nexus.Web.Governance;

/// <param name="Decision">approve or reject.</param>
/// <param name="Comment">Needed to reject.</param>
/// <param name="Proof">Where a policy asks for it: the signer's password or one-time code. No policy asks yet.</param>
internal sealed record DecideRequest(string? Decision, string? Comment, DecideProof? Proof)
{
    /// <exception cref="RefusedException">Invalid, where it is neither.</exception>
    public Verdict ToVerdict() => Decision switch
    {
        "approve" => new(true, Comment?.Trim() ?? ""),
        "reject" => new(false, Comment?.Trim() ?? ""),
        _ => throw Refused.Invalid("decision", "A decision is approve or reject."),
    };
}
