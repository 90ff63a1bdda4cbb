using Nexus.Data.Datasets;

namespace Nexus.Inference.Monitoring;

/// <summary>Draws the reference profile of a training split.</summary>
public sealed class ReferenceBuilder(TableEngine tables)
{
    /// <param name="parquetPath">The training split with its raw columns.</param>
    /// <param name="features">The raw feature columns, in the order of the model's inputs.</param>
    /// <param name="label">The label's column; null for regression.</param>
    public Task<ReferenceProfile> BuildAsync(
        string parquetPath, IReadOnlyList<DatasetColumn> features, string? label, CancellationToken ct) =>
        throw new NotSupportedException($"{nameof(ReferenceBuilder)} needs {tables} {parquetPath} {features} {label} {ct}.");
}
