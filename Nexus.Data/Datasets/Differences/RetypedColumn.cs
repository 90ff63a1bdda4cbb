namespace Nexus.Data.Datasets.Differences;

/// <summary>A column of both versions with another type in each; values are compared as numbers where both are, else as text.</summary>
public sealed record RetypedColumn(string Name, string Before, string Now);
