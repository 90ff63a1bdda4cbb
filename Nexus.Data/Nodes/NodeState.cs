namespace Nexus.Data.Nodes;

public enum NodeState
{
    /// <summary>It is heard of.</summary>
    Up,

    /// <summary>Nothing was heard of it for 10 s, and it did not say that it ends.</summary>
    Gone,

    /// <summary>It ended in good order.</summary>
    Stopped,
}
