using Nexus.Data.Registry;
using Measured = Nexus.Jobs.Training.Evaluation.MetricNames;

namespace Nexus.Web.Registry;

/// <summary>How metrics are called on pages, and in which order they stand.</summary>
public static class MetricNames
{
    private static readonly (string Key, string Label)[] Known =
    [
        ("auc", "AUC"), ("accuracy", "Accuracy"), ("macroF1", "Macro F1"), ("f1", "F1"), ("precision", "Precision"), ("recall", "Recall"),
        ("r2", "R²"), ("rmse", "RMSE"), ("mae", "Mean absolute error"), ("logLoss", "Log loss"), ("brier", "Brier score"),
    ];

    public static string Label(string metric) => Known.FirstOrDefault(k => k.Key == metric).Label ?? metric;

    public static bool LessIsBetter(string metric) => Measured.LessIsBetter(metric);

    /// <summary>The known ones first, the telling ones before the others.</summary>
    public static IEnumerable<string> Ordered(IEnumerable<string> metrics) =>
        metrics.OrderBy(m => Array.FindIndex(Known, k => k.Key == m) is >= 0 and var at ? at : int.MaxValue).ThenBy(m => m, StringComparer.Ordinal);

    /// <summary>A difference with its sign and interval, to three decimals: <c>+0.012 [+0.006, +0.018]</c>.</summary>
    public static string Difference(MetricEstimate difference) => difference is { Lower: { } low, Upper: { } high }
        ? $"{Signed(difference.Value)} [{Signed(low)}, {Signed(high)}]"
        : Signed(difference.Value);

    /// <summary><c>+0.012</c>, <c>−0.004</c>; more decimals where three would show nothing.</summary>
    public static string Signed(double value)
    {
        var size = Math.Abs(value);
        return (value > 0 ? "+" : value < 0 ? "−" : "") + size.ToString(size >= 100 ? "#,##0" : size is > 0 and < 0.0005 ? "0.0e0" : "0.000");
    }

    /// <summary>The one to name in a sentence; null where nothing was measured.</summary>
    public static string? Primary(IEnumerable<string> metrics) => Ordered(metrics).FirstOrDefault();
}
