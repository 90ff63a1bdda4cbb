namespace Nexus.Data.Registry;

/// <param name="Name">The conditions, for people.</param>
/// <param name="Rows">Of the half that estimates.</param>
/// <param name="Error">On the slice.</param>
/// <param name="Difference">From all other rows; its interval holds for all slices of the search together.</param>
/// <param name="IsWorse">The interval lies above zero.</param>
public sealed record FoundSlice(string Name, int Rows, double Error, MetricEstimate Difference, bool IsWorse);
