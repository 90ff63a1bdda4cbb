namespace Nexus.Inference.Datasets;

/// <summary>What happened to a column since the other version; the first that holds.</summary>
public enum ColumnChangeKind
{
    /// <summary>The other version has no such column.</summary>
    Added,

    /// <summary>This version has no such column any more.</summary>
    Removed,

    /// <summary>Its type is another, so that its values cannot be compared.</summary>
    Retyped,

    /// <summary>A category that was not there.</summary>
    NewValue,

    /// <summary>Values are missing more often, beyond chance and by a percentage point at least.</summary>
    MissingMore,

    /// <summary>Its distribution is another, beyond chance and by more than the floor.</summary>
    Drifts,

    /// <summary>Times reach further.</summary>
    Fresher,

    /// <summary>Times end earlier.</summary>
    Older,

    /// <summary>Too few new rows to say.</summary>
    NotEnoughRows,
    None,
}
