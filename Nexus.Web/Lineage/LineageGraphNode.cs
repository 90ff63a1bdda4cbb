using Nexus.Data.Lineage;
using Nexus.Web.Shell;

namespace Nexus.Web.Lineage;

/// <summary>A node as the drawing takes it.</summary>
/// <param name="Tone">good, bad, run, unk or plain, as chips are.</param>
/// <param name="Up">How many more lead to it.</param>
/// <param name="Down">How many more came of it.</param>
internal sealed record LineageGraphNode(string Id, string Kind, string Title, string? State, string Tone, string? Href, int Up, int Down, bool Root)
{
    public static LineageGraphNode From(LineageNode node, string root) => new(
        node.Id, LineageWords.Kind(node.Kind), node.Title, node.State, Words(LineageWords.State(node.State)), SubjectPlace.Of(node.Id).Href, node.HiddenUp, node.HiddenDown, node.Id == root);

    private static string Words(ChipState state) => state switch
    {
        ChipState.Good => "good",
        ChipState.Bad => "bad",
        ChipState.Busy => "run",
        ChipState.Unknown => "unk",
        _ => "plain",
    };
}
