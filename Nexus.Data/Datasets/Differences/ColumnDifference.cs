namespace Nexus.Data.Datasets.Differences;

/// <param name="Changed">Changed rows in which this column has another value.</param>
public sealed record ColumnDifference(string Name, long Changed);
