using Nexus.Data.Pipelines.Comparing;

namespace Nexus.Web.Pipelines.Comparing;

/// <summary>How a run is called beside others: by its number, and its pipeline where there are several.</summary>
internal static class ComparedName
{
    public static string Of(RunComparison comparison, int run)
    {
        var summary = comparison.Runs[run].Summary;
        return comparison.Runs.All(other => other.Summary.Pipeline == summary.Pipeline) ? $"#{summary.Number}" : $"{summary.Pipeline} #{summary.Number}";
    }
}
