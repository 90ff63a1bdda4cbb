namespace Nexus.Data.Datasets;

/// <param name="Lower">Lower edge of the first bin.</param>
/// <param name="Upper">Upper edge of the last bin.</param>
/// <param name="Counts">Rows per bin, all of one width.</param>
public sealed record ColumnHistogram(double Lower, double Upper, long[] Counts);
