namespace Nexus.Jobs.Training.Evaluation;

/// <summary>The metrics of one set of predictions, computed again and again under the weights of the bootstrap.</summary>
internal interface IMetricSet
{
    IReadOnlyList<string> Names { get; }

    /// <param name="weights">How often each row counts; null: once.</param>
    /// <param name="results">One number per name; NaN where the rows do not define the metric.</param>
    void Compute(int[]? weights, Span<double> results);
}
