namespace Nexus.Inference.Datasets;

/// <summary>How a column's values are laid into bins.</summary>
internal enum ColumnScale
{
    Number,
    Time,

    /// <summary>A bin a value.</summary>
    Category,

    /// <summary>Of a free text by its length.</summary>
    Length,
}
