using Microsoft.AspNetCore.Components;
using Nexus.Data.Samples;

namespace Nexus.Web.Samples;

/// <summary>
/// Marks what belongs to the sample workspace: <c>&lt;SampleChip Subject="@($"dataset/{name}")" /&gt;</c>; a run goes by its pipeline.
/// Shows nothing beside anything else.
/// </summary>
public sealed partial class SampleChip : ComponentBase
{
    private bool _is;

    /// <summary>As the ledger writes subjects, with or without a version.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";
    [Inject] public required SampleMarks Marks { get; init; }

    protected override void OnParametersSet() => _is = Marks.Any && Marks.Has(Subject.Split('@')[0]);
}
