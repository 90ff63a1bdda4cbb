using Microsoft.AspNetCore.Components;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>A thing as ledger and lineage write it (<c>model/elec2@3</c>), as words and a link to its page.</summary>
public sealed partial class SubjectLink : ComponentBase
{
    private string _text = "";
    private string? _href;

    [Parameter, EditorRequired] public string Subject { get; set; } = "";

    protected override void OnParametersSet()
    {
        var slash = Subject.IndexOf('/', StringComparison.Ordinal);
        var (kind, rest) = slash < 0 ? ("", Subject) : (Subject[..slash], Subject[(slash + 1)..]);
        var at = rest.LastIndexOf('@');
        var (name, version) = at < 0 ? (rest, "") : (rest[..at], rest[(at + 1)..]);
        (_text, _href) = kind switch
        {
            "model" => ($"{name} {version}".TrimEnd(), at < 0 ? $"/models/{name}" : $"/models/{name}/{version}"),
            "dataset" => ($"{name}@{version}".TrimEnd('@'), at < 0 ? $"/datasets/{name}" : $"/datasets/{name}/{version}"),
            "run" => ($"run {Format.ShortId(rest)}", $"/runs/{rest}"),
            "agent" => ($"agent {name}", $"/agents/{name}"),
            "approval" => ($"approval {Format.ShortId(rest)}", $"/approvals/{rest}"),
            _ => (Subject, (string?)null),
        };
    }
}
