using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Data.Audit;
using Nexus.Web.Identity;

namespace Nexus.Web.Audit;

/// <summary>One entry: what changed, and what proves that it was so.</summary>
public sealed partial class AuditEntryPanel : ComponentBase
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private AuditProof? _proof;
    private string? _missing;
    private string _detail = "";
    private List<(string Name, string Before, string After)> _changes = [];

    [Parameter, EditorRequired] public long Sequence { get; set; }
    [Parameter, EditorRequired] public string CloseAddress { get; set; } = "";
    [Inject] public required AuditService Audit { get; init; }
    [Inject] public required CurrentActor Current { get; init; }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _proof = await Audit.ProveAsync(Sequence, await Current.GetAsync(), CancellationToken.None);
            _detail = JsonSerializer.Serialize(_proof.Entry.Detail, Indented);
            _changes = Changes(_proof.Entry.Detail);
        }
        catch (RefusedException refusal)
        {
            _missing = refusal.Message;
        }
    }

    /// <summary>Where the detail has before and after: what differs, side by side.</summary>
    private static List<(string Name, string Before, string After)> Changes(JsonElement detail)
    {
        if (detail.ValueKind != JsonValueKind.Object || !detail.TryGetProperty("before", out var before) || !detail.TryGetProperty("after", out var after)) return [];
        if (before.ValueKind != JsonValueKind.Object || after.ValueKind != JsonValueKind.Object) return [("", Text(before), Text(after))];
        return
        [
            .. before.EnumerateObject().Concat(after.EnumerateObject()).Select(member => member.Name).Distinct()
                .Select(name => (name, Of(before, name), Of(after, name))).Where(change => change.Item2 != change.Item3),
        ];

        static string Of(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Text(value) : "–";

        static string Text(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Null => "–",
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
            _ => value.GetRawText(),
        };
    }
}
