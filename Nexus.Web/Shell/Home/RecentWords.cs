using System.Text.Json.Nodes;
using Nexus.Data.Audit;

namespace Nexus.Web.Shell.Home;

/// <summary>An entry of the ledger as a person would tell it.</summary>
internal static class RecentWords
{
    public static RecentItem Of(LedgerEntry entry, string who)
    {
        var detail = JsonNode.Parse(entry.Detail) as JsonObject ?? [];
        var thing = Thing(entry.Subject, detail);
        var did = entry.Action switch
        {
            "dataset.version-created" => $"added data: {thing}",
            "pipeline.created" or "pipeline.changed" => $"wrote the pipeline {thing}",
            "run.started" => $"started {thing}",
            "run.canceled" => $"canceled {thing}",
            "run.retried" => $"retried {thing}",
            "model.version-registered" => $"registered {thing}",
            "model.transitioned" => $"moved {thing} to {detail["to"]}",
            "approval.requested" => $"asked for {detail["to"]} of {Plain(detail["subject"]?.ToString() ?? "")}",
            "approval.approved" => $"approved {Plain(detail["Subject"]?.ToString() ?? detail["subject"]?.ToString() ?? "")}",
            "approval.rejected" => $"rejected {Plain(detail["Subject"]?.ToString() ?? detail["subject"]?.ToString() ?? "")}",
            "agent.created" => $"made the agent {thing}",
            "agent.changed" => $"changed the agent {thing}",
            "person.created" => $"added {thing}",
            "key.created" => $"made a key of {thing}",
            "sample.added" => "brought the sample workspace",
            "sample.removed" => "removed the sample workspace",
            "sample.traffic-started" => $"started the traffic of {thing}",
            "sample.traffic-stopped" => $"stopped the traffic of {thing}",
            var action => $"{AuditWordsOf(action)}: {thing}",
        };
        return new(entry.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture), who, did, Href(entry.Subject), entry.At);
    }

    private static string AuditWordsOf(string action) => action.Replace(".", ": ", StringComparison.Ordinal).Replace('-', ' ');

    private static string Thing(string subject, JsonObject detail) =>
        subject.StartsWith("run/", StringComparison.Ordinal) && detail["pipeline"] is { } pipeline ? $"{pipeline} #{detail["number"] ?? detail["Number"]}" : Plain(subject);

    // model/elec2@3 → elec2 3
    public static string Plain(string subject)
    {
        var name = subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return Format.MiddleCut(Guid.TryParse(name, out _) ? Format.ShortId(name) : name.Replace('@', ' '), 40);
    }

    private static string? Href(string subject)
    {
        var slash = subject.IndexOf('/', StringComparison.Ordinal);
        var (kind, name) = (subject[..Math.Max(0, slash)], subject[(slash + 1)..]);
        return kind switch
        {
            "dataset" => $"datasets/{name.Replace('@', '/')}",
            "model" => $"models/{name.Replace('@', '/')}",
            "pipeline" => $"pipelines/{name.Split('@')[0]}",
            "run" => $"runs/{name}",
            "approval" => $"approvals/{name}",
            "agent" => $"agents/{name}",
            "sweep" => $"sweeps/{name}",
            _ => null,
        };
    }
}
