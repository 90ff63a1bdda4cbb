using System.Text.Json;
using Nexus.Data.Audit;
using Nexus.Data.Lineage;
using Nexus.Web.Shell;

namespace Nexus.Web.Audit;

/// <summary>What somebody did, as a person would tell it behind their name: <c>moved loans 2 to Production</c>.</summary>
internal static class AuditWords
{
    private const int NameLength = 40;

    public static string Of(AuditEntry entry) => Of(entry.Action, entry.Subject, entry.Detail);

    public static string Of(LedgerEntry entry)
    {
        using var detail = JsonDocument.Parse(entry.Detail);
        return Of(entry.Action, entry.Subject, detail.RootElement);
    }

    /// <summary>Of an action that has no words of its own: <c>node.drained</c> of <c>node/a</c> is "node drained: a".</summary>
    public static string Of(string action, string subject, JsonElement detail)
    {
        var entry = new Told(action, subject, detail);
        return (action.Split('.')[0] switch
        {
            "dataset" or "pipeline" or "config" => Document(entry),
            "run" => Run(entry),
            "sweep" => Sweep(entry),
            "model" => Model(entry),
            "approval" => Approval(entry),
            "agent" or "sample" or "view" => Other(entry),
            "person" or "key" => Account(entry),
            _ => null,
        }) ?? $"{action.Replace('.', ' ').Replace('-', ' ')}: {entry.Name}";
    }

    /// <summary>model/elec2@3 is "elec2 3".</summary>
    public static string Plain(string subject)
    {
        var (_, name, number) = LineageSubject.Of(subject);
        if (Guid.TryParse(name, out _)) return Format.ShortId(name);
        return number is { } version ? $"{Format.MiddleCut(name, NameLength)} {version}" : Format.MiddleCut(name, NameLength);
    }

    private static string? Document(Told entry) => entry.Action switch
    {
        "dataset.version-created" => $"added the data {entry.Name}",
        "pipeline.created" => $"wrote the pipeline {entry.Name}",
        "pipeline.changed" => $"changed the pipeline {entry.Name}",
        "config.created" => $"wrote the config {entry.Name}",
        "config.changed" => $"changed the config {entry.Name}",
        "config.deleted" => $"deleted the config {entry.Name}",
        _ => null,
    };

    private static string? Run(Told entry) => entry.Action switch
    {
        "run.started" => $"started {entry.Numbered}",
        "run.canceled" => $"canceled {entry.Numbered}",
        "run.retried" => $"started {entry.Numbered} again",
        "run.edited" when entry["note"] is null => $"tagged {entry.Numbered}",
        "run.edited" => $"wrote a note on {entry.Numbered}",
        _ => null,
    };

    private static string? Sweep(Told entry) => entry.Action switch
    {
        "sweep.started" => $"started the sweep {entry.Numbered}",
        "sweep.paused" => $"paused the sweep {entry.Numbered}",
        "sweep.resumed" => $"resumed the sweep {entry.Numbered}",
        "sweep.extended" => $"extended the sweep {entry.Numbered} to {entry["maxTrials"]} runs",
        "sweep.canceled" => $"canceled the sweep {entry.Numbered}",
        "sweep.ended" when entry["state"] == "Failed" => $"gave up the sweep {entry.Numbered}: no run of it brought a result",
        "sweep.ended" => $"finished the sweep {entry.Numbered} of {entry["trials"]} runs",
        _ => null,
    };

    private static string? Model(Told entry) => entry.Action switch
    {
        "model.version-registered" => $"registered {entry.Name}",
        "model.version-deleted" => $"deleted {entry.Name}",
        "model.transitioned" when entry["to"] == "None" => $"took {entry.Name} out of {entry["from"]}",
        "model.transitioned" when entry["to"] == "Archived" => $"archived {entry.Name}",
        "model.transitioned" => $"moved {entry.Name} to {entry["to"]}",
        "model.described" => $"described {entry.Name}",
        "model.alias-set" => $"gave {entry.Name} the alias {entry["alias"]}",
        "model.alias-deleted" => $"took the alias {entry["alias"]} from {entry.Name}",
        "model.card-written" => $"wrote on the card of {entry.Name}",
        "model.explanation-requested" => $"asked what drives {entry.Name}",
        _ => null,
    };

    private static string? Approval(Told entry) => entry.Action switch
    {
        "approval.requested" => $"asked for {entry.Of} in {entry["to"]}",
        "approval.approved" => $"signed {entry.Of}",
        "approval.rejected" => $"rejected {entry.Of}",
        "approval.expired" => $"closed the approval of {entry.Of}: nobody decided in time",
        "approval.lapsed" when entry["because"] is { } other => $"closed the approval of {entry.Of}: {Plain(other)} was signed first",
        "approval.lapsed" => $"closed the approval of {entry.Of}: what was shown had changed",
        _ => null,
    };

    private static string? Account(Told entry) => entry.Action switch
    {
        "person.created" => $"added {entry["displayName"] ?? entry.Name}",
        "person.roles-changed" => $"changed the roles of {entry.Name}",
        "person.disabled" => $"disabled the account of {entry.Name}",
        "person.enabled" => $"enabled the account of {entry.Name}",
        "person.password-reset" => $"set a password for {entry.Name}",
        "person.password-set" => "chose a password",
        "person.setup-link-made" => $"made a link by which {entry.Name} chooses a password",
        "key.created" => $"made the key “{entry["name"]}” of {entry["person"]}",
        "key.revoked" => $"revoked the key “{entry["name"]}” of {entry["person"]}",
        _ => null,
    };

    private static string? Other(Told entry) => entry.Action switch
    {
        "agent.created" => $"made the agent {entry.Name}",
        "agent.changed" => $"changed the agent {entry.Name}",
        "sample.added" => "brought the sample workspace",
        "sample.removed" => "removed the sample workspace",
        "sample.traffic-started" => $"started the traffic of {entry.Name}",
        "sample.traffic-stopped" => $"stopped the traffic of {entry.Name}",
        "view.saved" => $"saved the view {entry.Name}",
        "view.deleted" => $"deleted the view {entry.Name}",
        _ => null,
    };

    /// <summary>An entry's action with its subject and detail, as the sentences name them.</summary>
    private sealed record Told(string Action, string Subject, JsonElement Detail)
    {
        public string Name => Plain(Subject);

        /// <summary>A run or a sweep by its pipeline and number.</summary>
        public string Numbered => this["pipeline"] is { } pipeline ? $"{Format.MiddleCut(pipeline, NameLength)} #{this["number"]}" : Name;

        /// <summary>What an approval is about.</summary>
        public string Of => this["subject"] is { } about ? Plain(about) : Name;

        /// <summary>A member of the detail, whatever its case; null where there is none.</summary>
        public string? this[string member] => Detail.ValueKind != JsonValueKind.Object ? null : Detail.EnumerateObject()
            .Where(m => string.Equals(m.Name, member, StringComparison.OrdinalIgnoreCase) && m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(m => m.Value.ToString()).FirstOrDefault();
    }
}
