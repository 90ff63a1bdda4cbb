using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell;

/// <summary>
/// A column of a <see cref="KeysetTable{T}"/>: how its cells look, what they say in a CSV, and how it is called. Shows nothing itself:
/// <c>&lt;Column Name="rows" Header="Rows" Value="v => v.Rows" Numeric="true"&gt;&lt;Count Value="context.Rows" /&gt;&lt;/Column&gt;</c>.
/// </summary>
public sealed class Column<T> : ComponentBase
    where T : notnull
{
    /// <summary>Its name in what is remembered; does not change.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Over it; also in the picker and the CSV, where <see cref="Title"/> does not say it better.</summary>
    [Parameter, EditorRequired] public string Header { get; set; } = "";

    /// <summary>The header in full, on hover.</summary>
    [Parameter] public string? Title { get; set; }

    /// <summary>What a program reads: a number, time, duration or text. Null leaves the column out of the CSV.</summary>
    [Parameter] public Func<T, object?>? Value { get; set; }

    /// <summary>The cell; without it the value as text.</summary>
    [Parameter] public RenderFragment<T>? ChildContent { get; set; }
    [Parameter] public bool Numeric { get; set; }

    /// <summary>The cells' class.</summary>
    [Parameter] public string? Class { get; set; }

    /// <summary>Cannot be hidden: what the row is.</summary>
    [Parameter] public bool Fixed { get; set; }

    /// <summary>What the list is ordered by when the header is pressed; null: it cannot be.</summary>
    [Parameter] public string? Sort { get; set; }

    [CascadingParameter] internal KeysetTable<T> Table { get; set; } = null!;

    internal string? Css => (Numeric, Class) switch
    {
        (true, null) => "num",
        (true, { } more) => $"num {more}",
        (_, var own) => own,
    };

    protected override void OnParametersSet() => Table.Add(this);
}
