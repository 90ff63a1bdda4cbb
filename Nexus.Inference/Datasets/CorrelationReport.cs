namespace Nexus.Inference.Datasets;

/// <summary>How the columns of a version hang together.</summary>
/// <param name="Rows">Rows of the version.</param>
/// <param name="SampledRows">Rows looked at: all, or those drawn by a fixed hash of their number, so that the answer is always the same.</param>
/// <param name="Columns">Columns looked at, in the file's order.</param>
/// <param name="LeftOut">Columns not looked at: of one value, of free text, or beyond the first 200.</param>
/// <param name="Pairs">Every pair that something can be said of, the strongest first.</param>
public sealed record CorrelationReport(
    long Rows, int SampledRows, IReadOnlyList<string> Columns, IReadOnlyList<string> LeftOut, IReadOnlyList<CorrelationPair> Pairs);
