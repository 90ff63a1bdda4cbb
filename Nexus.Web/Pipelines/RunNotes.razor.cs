using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Pipelines;
using Nexus.Web.Identity;
using Nexus.Web.Registry;
using Nexus.Web.Shell;

namespace Nexus.Web.Pipelines;

/// <summary>What people say of a run: a note in Markdown, and tags that lists filter and group by.</summary>
public sealed partial class RunNotes : ComponentBase
{
    private string _tag = "";

    [Parameter, EditorRequired] public RunDetail Run { get; set; } = null!;
    [Parameter] public EventCallback Changed { get; set; }
    [Inject] public required RunEditor Editor { get; init; }
    [Inject] public required CurrentActor Me { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required Notices Notices { get; init; }

    private async Task WriteAsync()
    {
        if (await TextDialog.AskAsync(Dialogs, "Notes", "Why was it made, what was learnt? (Markdown)", Run.Note) is { } note) await EditAsync(note, null);
    }

    private async Task AddAsync()
    {
        var parts = _tag.Split(':', 2, StringSplitOptions.TrimEntries);
        if (parts[0].Length == 0) return;
        if (await EditAsync(null, new Dictionary<string, string>(Run.Tags) { [parts[0]] = parts.Length > 1 ? parts[1] : "" })) _tag = "";
    }

    private async Task RemoveAsync(string key) => await EditAsync(null, Run.Tags.Where(tag => tag.Key != key).ToDictionary());

    private async Task<bool> EditAsync(string? note, IReadOnlyDictionary<string, string>? tags)
    {
        var done = await Notices.TryAsync(async () => await Editor.EditAsync(Run.Summary.Id, note, tags, await Me.GetAsync(), CancellationToken.None));
        await Changed.InvokeAsync();
        return done;
    }
}
