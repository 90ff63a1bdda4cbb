namespace Nexus.Inference.Agents;

/// <summary>Where the journal last wrote a schema; touched under the journal's lock alone.</summary>
internal sealed class JournalMark
{
    public long Segment { get; set; } = -1;

    public uint Number { get; set; }
}
