namespace Nexus.Data.Datasets.Rows;

public enum RowOperator
{
    /// <summary>The value as text contains this, whatever the case.</summary>
    Contains,
    Equals,
    AtLeast,
    AtMost,
    Missing,
    Present,
}
