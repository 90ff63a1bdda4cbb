using Microsoft.AspNetCore.Components;
using Nexus.Data.Pipelines;

namespace Nexus.Web.Pipelines;

/// <summary>A filter of runs as text, with the keys that could stand at its end; Tab goes into them.</summary>
public sealed partial class RunFilterBox : ComponentBase
{
    private static readonly string[] Own = ["status", "pipeline", "created", "duration", "by", "trigger", "model", "number", "sweep", "tags.", "params.", "metrics."];
    private static readonly string[] Joints = ["and", "or", "not", "(", ")", "=", "!=", "<", "<=", ">", ">=", "like", "in", "is", "null", ","];
    private string _text = "";
    private string _given = "";
    private IReadOnlyList<string> _offers = [];
    private RunKeys? _keys;

    [Parameter] public string? Text { get; set; }
    [Parameter] public EventCallback<string> Applied { get; set; }
    [Parameter] public string? Problem { get; set; }
    [Inject] public required RunKeyService Keys { get; init; }

    protected override void OnParametersSet()
    {
        if ((Text ?? "") == _given) return;
        _given = _text = Text ?? "";
    }

    private async Task OpenAsync()
    {
        _keys = await Keys.AllAsync(CancellationToken.None);
        Offer();
    }

    private async Task TypeAsync(string? text)
    {
        _text = text ?? "";
        _keys ??= await Keys.AllAsync(CancellationToken.None);
        Offer();
        if (_text.Length == 0) await ApplyAsync();
    }

    private Task ApplyAsync()
    {
        _offers = [];
        _given = _text;
        return Applied.InvokeAsync(_text.Trim());
    }

    private void TakeAsync(string offer)
    {
        _text = _text[..^LastWord().Length] + offer + (offer.EndsWith('.') ? "" : " ");
        Offer();
    }

    private string LastWord() => _text[(_text.LastIndexOfAny([' ', '(', ',']) + 1)..];

    // A key stands first and after and, or, not and a parenthesis; elsewhere nothing can be offered that is not a guess.
    private void Offer()
    {
        var word = LastWord();
        var before = _text[..^word.Length].TrimEnd();
        var first = before.Length == 0 || before[^1] == '(' || before.Split(' ')[^1].ToLowerInvariant() is "and" or "or" or "not";
        _offers = !first || _keys is null || Joints.Contains(word) ? [] : [.. Own.Concat(_keys.Names)
            .Where(name => name.Contains(word, StringComparison.OrdinalIgnoreCase) && name != word)
            .OrderBy(name => !name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).ThenBy(name => name.Length).Take(12)];
    }
}
