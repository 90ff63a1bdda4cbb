using Microsoft.AspNetCore.Components;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Web.Pipelines;

/// <summary>Under an editor: what is wrong and where, with what was meant one click away.</summary>
public sealed partial class ProblemStrip : ComponentBase
{
    /// <summary>Null while the text is being read.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<PipelineProblem>? Problems { get; set; }

    /// <summary>Milliseconds from the last key to the marks; null before the first.</summary>
    [Parameter] public double? CheckedAfter { get; set; }
    [Parameter] public EventCallback<(int Line, int Column)> Reveal { get; set; }
    [Parameter] public EventCallback<PipelineProblem> Mend { get; set; }
    [Parameter] public bool MayWrite { get; set; }

    private int Mistakes => Problems!.Count(p => !p.Mandatory);

}
