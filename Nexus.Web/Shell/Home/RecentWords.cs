using System.Globalization;
using Nexus.Data.Audit;
using Nexus.Web.Audit;

namespace Nexus.Web.Shell.Home;

/// <summary>An entry of the ledger as Home tells it.</summary>
internal static class RecentWords
{
    public static RecentItem Of(LedgerEntry entry, string who) =>
        new(entry.Sequence.ToString(CultureInfo.InvariantCulture), who, AuditWords.Of(entry), SubjectPlace.Of(entry.Subject).Href?.TrimStart('/'), entry.At);
}
