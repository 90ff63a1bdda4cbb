namespace Nexus.Data.Lineage;

public enum LineageDirection
{
    /// <summary>What it came from.</summary>
    Up,

    /// <summary>What came of it.</summary>
    Down,
    Both,
}
