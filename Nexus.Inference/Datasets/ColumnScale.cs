namespace Nexus.Inference.Datasets;

/// <summary>How a column's values are laid into bins.</summary>
internal enum ColumnScale
{
    Number,
    Time,

    /// <summary>A whole number that nearly every row has another of: it counts or names, and is bound to differ.</summary>
    Identifier,

    /// <summary>A bin a value.</summary>
    Category,

    /// <summary>Of a free text by its length.</summary>
    Length,
}
