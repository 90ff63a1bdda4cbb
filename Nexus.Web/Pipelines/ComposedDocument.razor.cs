using Microsoft.AspNetCore.Components;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>The document that would run, line by line beside the origin of each value.</summary>
public sealed partial class ComposedDocument : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<ComposedLine> Lines { get; set; } = [];

    /// <summary>Null while something is wrong with it.</summary>
    [Parameter] public PipelineDocument? Document { get; set; }

    /// <summary>A value of the text itself was picked: its line and column.</summary>
    [Parameter] public EventCallback<(int Line, int Column)> Picked { get; set; }

    private string Sentence
    {
        get
        {
            var values = Lines.Count(line => line.Origin is not null);
            var elsewhere = Lines.Count(line => line.Origin is { Source: not "pipeline" });
            return Document is null ? "as far as it composes" : elsewhere == 0 ? $"{Format.Count(values, "value")}, all from this text" : $"{Format.Count(values, "value")}, {Format.Count(elsewhere)} of them from elsewhere";
        }
    }
}
