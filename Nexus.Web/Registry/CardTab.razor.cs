using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nexus.Data.Registry;
using Nexus.Web.Identity;
using Nexus.Web.Shell;

namespace Nexus.Web.Registry;

/// <summary>The model card with the sections that persons write, and words, tags and aliases of the version.</summary>
public sealed partial class CardTab : ComponentBase
{
    private static readonly CardSection[] Sections =
    [
        new("Intended use", "What is it for, and for whom?", s => s.IntendedUse, (s, t) => s with { IntendedUse = t }),
        new("Out of scope", "What must it not be used for?", s => s.OutOfScope, (s, t) => s with { OutOfScope = t }),
        new("Limitations", "Where is it known to fail, beside what is measured?", s => s.Limitations, (s, t) => s with { Limitations = t }),
        new("Ethical considerations", "Who could be harmed, and what is done about it?", s => s.Ethics, (s, t) => s with { Ethics = t }),
        new("Contact", "Who answers for it?", s => s.Contact, (s, t) => s with { Contact = t }),
    ];

    private string _alias = "";
    private string _text = "";
    private CardFacts? _facts;
    private CardSections? _sections;
    private (string Model, int Version, int Revision) _edited;

    [Parameter, EditorRequired] public ModelVersionView Version { get; set; } = null!;

    /// <summary>Something was changed.</summary>
    [Parameter] public EventCallback Changed { get; set; }
    [Inject] public required ModelEditor Editor { get; init; }
    [Inject] public required CardReader Reader { get; init; }
    [Inject] public required ModelCardService Cards { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required Notices Notices { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }

    private string From => _facts?.Card switch
    {
        null or { ChangedBy: null } => "drawn from what is known; nobody has written on it yet",
        { InheritedFrom: { } version } card => $"written sections from version {version}, by {card.ChangedBy}",
        { } card => $"revision {card.Revision}, by {card.ChangedBy}",
    };

    protected override Task OnParametersSetAsync()
    {
        // While a person writes, what they began with stays, and its revision: what others write meanwhile is a conflict, not overwritten.
        if (_sections is not null && (Version.Model, Version.Version) == (_edited.Model, _edited.Version)) return Task.CompletedTask;
        _sections = null;
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        _facts = await Reader.ReadAsync(Version.Model, Version.Version, CancellationToken.None);
        _text = CardText.Write(_facts);
    }

    private void Edit() => (_sections, _edited) = (_facts!.Card.Sections, (Version.Model, Version.Version, _facts.Card.Revision));

    private Task CancelAsync()
    {
        _sections = null;
        return ReadAsync();
    }

    private async Task SaveAsync()
    {
        var actor = await Current.GetAsync();
        var saved = await Notices.TryAsync(() => Cards.PutAsync(Version.Model, Version.Version, _sections!, _edited.Revision, actor, CancellationToken.None), "Saved.");
        if (!saved) return;
        _sections = null;
        await ReadAsync();
    }

    private async Task DescribeAsync()
    {
        if (await TextDialog.AskAsync(Dialogs, $"What should one know of {Version.Model} {Version.Version}?", "Markdown; an approval that is asked for lapses when it changes", Version.Description) is not { } text) return;
        var actor = await Current.GetAsync();
        await Notices.TryAsync(() => Editor.DescribeAsync(Version.Model, Version.Version, text, null, actor, CancellationToken.None), "Saved.");
        await Changed.InvokeAsync();
    }

    private async Task SetAliasAsync()
    {
        var actor = await Current.GetAsync();
        if (await Notices.TryAsync(() => Editor.SetAliasAsync(Version.Model, _alias, Version.Version, actor, CancellationToken.None), $"{_alias} is version {Version.Version} now.")) _alias = "";
        await Changed.InvokeAsync();
    }

    private async Task DeleteAliasAsync(string alias)
    {
        var actor = await Current.GetAsync();
        await Notices.TryAsync(() => Editor.DeleteAliasAsync(Version.Model, alias, actor, CancellationToken.None));
        await Changed.InvokeAsync();
    }

    private sealed record CardSection(string Title, string Ask, Func<CardSections, string> Text, Func<CardSections, string, CardSections> With);
}
