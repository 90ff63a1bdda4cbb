namespace Nexus.Web.Audit;

/// <summary>An action of the ledger as people say it: <c>model.stage-changed</c> is "model: stage changed".</summary>
internal static class AuditWords
{
    public static string Of(string action) => action.Replace(".", ": ", StringComparison.Ordinal).Replace('-', ' ');
}
