namespace Nexus.Web.Registry;

/// <summary>How the API's metrics are called on pages, in which order they stand, and which way is better.</summary>
public static class MetricNames
{
    private static readonly (string Key, string Label, bool LessIsBetter)[] Known =
    [
        ("auc", "AUC", false), ("accuracy", "Accuracy", false), ("macroF1", "Macro F1", false), ("f1", "F1", false),
        ("precision", "Precision", false), ("recall", "Recall", false), ("r2", "R²", false), ("rmse", "RMSE", true), ("mae", "Mean absolute error", true),
        ("logLoss", "Log loss", true), ("brier", "Brier score", true),
    ];

    public static string Label(string metric) => Known.FirstOrDefault(k => k.Key == metric).Label ?? metric;

    public static bool LessIsBetter(string metric) => Known.FirstOrDefault(k => k.Key == metric).LessIsBetter;

    /// <summary>The known ones first, the telling ones before the others.</summary>
    public static IEnumerable<string> Ordered(IEnumerable<string> metrics) =>
        metrics.OrderBy(m => Array.FindIndex(Known, k => k.Key == m) is >= 0 and var at ? at : int.MaxValue).ThenBy(m => m, StringComparer.Ordinal);

    /// <summary>The one to name in a sentence; null where nothing was measured.</summary>
    public static string? Primary(IEnumerable<string> metrics) => Ordered(metrics).FirstOrDefault();
}
