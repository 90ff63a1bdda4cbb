namespace Nexus.Data.Datasets;

/// <summary>What a cell could be read as; a column is what all its cells could be.</summary>
[Flags]
internal enum CellKinds
{
    Text = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    Date = 16,
    Timestamp = 32,
    Any = Text | Boolean | Integer | Number | Date | Timestamp,
}
