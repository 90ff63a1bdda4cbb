using System.Globalization;
using Nexus.Data.Lineage;

namespace Nexus.Web.Shell;

/// <summary>A thing as ledger and lineage write it (<c>model/elec2@3</c>), in words, with the address of its page.</summary>
/// <param name="Href">Null where it has no page.</param>
public sealed record SubjectPlace(string Text, string? Href)
{
    public static SubjectPlace Of(string subject)
    {
        var (kind, name, number) = LineageSubject.Of(subject);
        var version = number?.ToString(CultureInfo.InvariantCulture);
        return kind switch
        {
            "model" => new($"{name} {version}".TrimEnd(), $"/models/{name}{(version is null ? "" : "/" + version)}"),
            "dataset" => new(version is null ? name : $"{name}@{version}", $"/datasets/{name}{(version is null ? "" : "/" + version)}"),
            "pipeline" => new(version is null ? $"pipeline {name}" : $"pipeline {name}, revision {version}", $"/pipelines/{name}"),
            "run" => new($"run {Format.ShortId(name)}", $"/runs/{name}"),
            "sweep" => new($"sweep {Format.ShortId(name)}", $"/sweeps/{name}"),
            "agent" => new($"agent {name}", $"/agents/{name}"),
            "approval" => new($"approval {Format.ShortId(name)}", $"/approvals/{name}"),
            "decision" => new($"decision {Format.ShortId(name)}", $"/lineage/{subject}"),
            "config" => new(version is null ? $"config {name}" : $"config {name}, revision {version}", $"/configs/{name}{(version is null ? "" : "?revision=" + version)}"),
            _ => new(subject, null),
        };
    }
}
