namespace Nexus.Data.Datasets.Queries;

/// <param name="Type">As DuckDB names it: BIGINT, DOUBLE, VARCHAR, TIMESTAMP, DECIMAL(18,3), STRUCT(…).</param>
public sealed record QueryColumn(string Name, string Type);
