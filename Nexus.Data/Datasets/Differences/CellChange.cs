namespace Nexus.Data.Datasets.Differences;

public sealed record CellChange(string Column, object? Before, object? Now);
