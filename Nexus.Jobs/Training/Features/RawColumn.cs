namespace Nexus.Jobs.Training.Features;

/// <summary>A column's raw values as a model's input takes them; one of the three is set.</summary>
/// <param name="Numbers">NaN where missing.</param>
/// <param name="Texts">Empty where missing.</param>
/// <param name="Times">Microseconds since 1970-01-01 UTC; <see cref="Inference.Onnx.OnnxConventions.MissingTime"/> where missing.</param>
internal sealed record RawColumn(float[]? Numbers = null, string[]? Texts = null, long[]? Times = null)
{
    public int Rows => Numbers?.Length ?? Texts?.Length ?? Times!.Length;

    public RawColumn Take(IReadOnlyList<int> rows) => new(
        Numbers is null ? null : [.. rows.Select(r => Numbers[r])],
        Texts is null ? null : [.. rows.Select(r => Texts[r])],
        Times is null ? null : [.. rows.Select(r => Times[r])]);
}
