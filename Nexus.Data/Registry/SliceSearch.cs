namespace Nexus.Data.Registry;

/// <summary>Where a shallow tree found larger errors: found on one half of the rows, estimated on the other. Exploratory.</summary>
/// <param name="Error">What an error is: errorRate or absoluteError.</param>
/// <param name="FoundOn">Rows the tree saw.</param>
/// <param name="EstimatedOn">Rows the errors are estimated on.</param>
/// <param name="Overall">The error on the latter.</param>
/// <param name="Slices">The tree's leaves, worst first; their intervals hold for all of them together.</param>
public sealed record SliceSearch(string Error, int FoundOn, int EstimatedOn, double Overall, IReadOnlyList<FoundSlice> Slices);
