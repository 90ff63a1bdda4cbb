using System.Text.Json;

namespace Nexus.Data.Audit;

/// <summary>An entry as people and programs read it.</summary>
/// <param name="KeyMadeBy">Where a key acted: who made the key.</param>
/// <param name="Detail">What changed.</param>
/// <param name="Hash">SHA-256 of the entry's canonical bytes, lower-case hex; the next entry names it as its previous.</param>
public sealed record AuditEntry(
    long Sequence, DateTimeOffset At, string Actor, string? KeyMadeBy, string Action, string Subject, JsonElement Detail, string Hash, string PreviousHash)
{
    internal static AuditEntry From(LedgerEntry entry) => new(
        entry.Sequence, entry.At, entry.Actor, entry.KeyMadeBy, entry.Action, entry.Subject, Read(entry.Detail),
        Convert.ToHexStringLower(entry.Hash), Convert.ToHexStringLower(entry.PreviousHash));

    /// <summary>A broken ledger is still to be read: what is no JSON is shown as text.</summary>
    private static JsonElement Read(string detail)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(detail);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(detail);
        }
    }
}
