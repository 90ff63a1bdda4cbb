using Nexus.Data.Registry;

namespace Nexus.Jobs.Registry.Evidence;

/// <param name="Rows">Of this class.</param>
/// <param name="Precision">With its Wilson interval; null where the model never answers it.</param>
/// <param name="Recall">With its Wilson interval; null where no row is of it.</param>
/// <param name="F1">Null where neither occurs.</param>
public sealed record ClassEvidence(string Class, int Rows, MetricEstimate? Precision, MetricEstimate? Recall, double? F1);
