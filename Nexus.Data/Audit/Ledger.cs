using System.Text.Json.Nodes;
using Nexus.Data.Identity;

namespace Nexus.Data.Audit;

/// <summary>
/// Puts an entry beside a change: <c>Ledger.Append(db, actor, "model.transitioned", "model/elec2@3", detail)</c>, then save.
/// Sequence, time, canonical bytes and hashes are set when the context saves, inside the transaction of the change.
/// </summary>
public static class Ledger
{
    /// <param name="detail">What changed; serialized canonically. No secrets and no row data.</param>
    public static void Append(NexusDb db, Actor actor, string action, string subject, object? detail = null) =>
        db.PendingLedger.Add(new LedgerEntry
        {
            Actor = actor.Name,
            KeyMadeBy = actor.KeyMadeBy,
            Action = action,
            Subject = subject,
            Detail = detail is JsonNode node ? CanonicalJson.Write(node) : CanonicalJson.Write(detail ?? new { }),
        });
}
