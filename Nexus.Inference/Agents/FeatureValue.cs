namespace Nexus.Inference.Agents;

/// <summary>One raw feature of one decision, as the model saw it.</summary>
/// <param name="Number">The value of a number, time (µs) or boolean (1, 0); not-a-number where missing or text.</param>
/// <param name="Text">The value of a text or category; null where missing or a number.</param>
public readonly record struct FeatureValue(double Number, string? Text)
{
    public static FeatureValue Missing { get; } = new(double.NaN, null);

    public bool IsMissing => Text is null && double.IsNaN(Number);
}
