namespace Nexus.Inference.Monitoring;

/// <summary>What can be said of a feature, or of all of an agent's.</summary>
public static class DriftStates
{
    public const string Drifts = "drifts";
    public const string NewCategory = "newCategory";
    public const string Stable = "stable";
    public const string NotEnoughData = "notEnoughData";
    public const string NoReference = "noReference";
}
