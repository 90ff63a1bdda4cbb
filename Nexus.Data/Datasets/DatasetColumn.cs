namespace Nexus.Data.Datasets;

/// <param name="Type">integer, number, boolean, text, timestamp or date.</param>
public sealed record DatasetColumn(string Name, string Type);
