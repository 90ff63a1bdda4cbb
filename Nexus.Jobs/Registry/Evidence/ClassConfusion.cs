namespace Nexus.Jobs.Registry.Evidence;

/// <param name="Share">Of the rows of the actual class, 0…1.</param>
public sealed record ClassConfusion(string Actual, string Predicted, int Rows, double Share);
