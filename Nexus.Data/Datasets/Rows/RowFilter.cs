namespace Nexus.Data.Datasets.Rows;

/// <summary>One condition on a column.</summary>
/// <param name="Value">Not looked at for missing and present.</param>
public sealed record RowFilter(string Column, RowOperator Operator, string Value);
