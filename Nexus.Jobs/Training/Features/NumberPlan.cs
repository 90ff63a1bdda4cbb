namespace Nexus.Jobs.Training.Features;

/// <summary>(x − offset) · scale, after what is missing was imputed. In float32 throughout, as the ONNX computes it.</summary>
/// <param name="Impute">Null leaves NaN, which LightGBM takes as it is.</param>
internal sealed record NumberPlan(float? Impute, float Offset, float Scale)
{
    public float Apply(float value, bool scaled)
    {
        if (float.IsNaN(value)) value = Impute ?? float.NaN;
        return scaled ? (value - Offset) * Scale : value;
    }
}
