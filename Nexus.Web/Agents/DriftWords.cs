using Nexus.Inference.Monitoring;
using Nexus.Web.Shell;

namespace Nexus.Web.Agents;

/// <summary>What stands beside every look at drift: over how many decisions, and how often it may be wrong.</summary>
internal static class DriftWords
{
    /// <summary>An index or a p-value; what is next to nothing is written so.</summary>
    public static string Small(double? value) => value is < 0.001 ? "< 0.001" : Format.Decimal(value);

    public static string Budget(DriftReport drift)
    {
        var often = System.Xml.XmlConvert.ToTimeSpan(drift.FalseAlarmEvery).TotalDays;
        var grown = drift.Grown ? $", the window grown back to {Format.Exact(drift.From)} for want of them" : "";
        return $"{Format.Count(drift.Features.Count, "feature")} against the training data of version {drift.ModelVersion}, {Format.Count(drift.Decisions, "decision")}{grown}; "
            + $"one false alarm in {often:0} days for the whole agent";
    }
}
