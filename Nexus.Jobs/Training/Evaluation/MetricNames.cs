namespace Nexus.Jobs.Training.Evaluation;

/// <summary>What evaluation measures, and which way of it is better.</summary>
public static class MetricNames
{
    public static readonly string[] Binary = ["auc", "accuracy", "f1", "precision", "recall", "logLoss", "brier"];
    public static readonly string[] Multiclass = ["accuracy", "macroF1", "logLoss"];
    public static readonly string[] Regression = ["rmse", "mae", "r2"];
    public static readonly string[] All = [.. Binary, "macroF1", .. Regression];

    public static bool LessIsBetter(string metric) => metric is "logLoss" or "brier" or "rmse" or "mae";
}
