using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>What a person writes on a card, in Markdown; what is absent stays as it is.</summary>
/// <param name="Revision">The revision that was seen: another one since is a conflict. Absent writes over it.</param>
internal sealed record PutCardRequest(string? IntendedUse, string? OutOfScope, string? Limitations, string? Ethics, string? Contact, int? Revision)
{
    public CardSections On(CardSections now) => new(
        IntendedUse ?? now.IntendedUse, OutOfScope ?? now.OutOfScope, Limitations ?? now.Limitations, Ethics ?? now.Ethics, Contact ?? now.Contact);
}
