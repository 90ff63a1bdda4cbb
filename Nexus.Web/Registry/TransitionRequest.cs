using Nexus.Data;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <param name="To">None, Staging, Production or Archived.</param>
/// <param name="Reason">For those who approve and for the ledger.</param>
internal sealed record TransitionRequest(string? To, string? Reason)
{
    /// <exception cref="RefusedException">Invalid, where it names no stage.</exception>
    public Stage Stage =>
        To is not null && Enum.TryParse<Stage>(To, ignoreCase: true, out var stage) && Enum.IsDefined(stage) && !char.IsAsciiDigit(To[0])
            ? stage
            : throw Refused.Invalid("to", $"A stage is {string.Join(", ", Enum.GetNames<Stage>())}.");
}
