using Microsoft.AspNetCore.Components;
using Nexus.Data.Lineage;
using Nexus.Web.Shell;

namespace Nexus.Web.Lineage;

/// <summary>A sentence that names what uses a thing: "Used by the pipeline elec2, the model elec2 3 and the agent price." Nothing where nothing does.</summary>
public sealed partial class UsedBy : ComponentBase
{
    private const int Most = 5;

    /// <summary>As the ledger writes them.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Subjects { get; set; } = [];
    [Parameter] public string Verb { get; set; } = "Used by";

    private int Shown => Math.Min(Most, Subjects.Count);

    private static string Kind(string subject) => $"the {LineageSubject.Of(subject).Kind}";

    private static string Name(string subject)
    {
        var (_, name, number) = LineageSubject.Of(subject);
        return $"{Format.MiddleCut(name, 40)}{(number is { } version ? $" {version}" : "")}";
    }
}
