using Nexus.Data.Registry;

namespace Nexus.Data.Governance;

/// <summary>What callers would notice of one signature taking another's place.</summary>
internal static class SignatureDifference
{
    public static IReadOnlyList<string> Between(ModelSignature? now, ModelSignature next) =>
        now is null
            ? []
            : [.. Tensors("Input", now.Inputs, next.Inputs), .. Tensors("Output", now.Outputs, next.Outputs), .. Classes(now, next)];

    private static IEnumerable<string> Tensors(string what, IReadOnlyList<TensorSignature> now, IReadOnlyList<TensorSignature> next)
    {
        var after = next.ToDictionary(t => t.Name, StringComparer.Ordinal);
        foreach (var tensor in now)
        {
            if (!after.Remove(tensor.Name, out var other)) yield return $"{what} {tensor.Name} is no longer there.";
            else if (Form(other) != Form(tensor)) yield return $"{what} {tensor.Name} becomes {Form(other)}; it was {Form(tensor)}.";
        }

        foreach (var tensor in next.Where(t => after.ContainsKey(t.Name))) yield return $"{what} {tensor.Name} is new: {Form(tensor)}.";
    }

    private static IEnumerable<string> Classes(ModelSignature now, ModelSignature next)
    {
        if (now.Task != next.Task) yield return $"The task becomes {next.Task ?? "unknown"}; it was {now.Task ?? "unknown"}.";
        var gone = (now.Classes ?? []).Except(next.Classes ?? []).ToList();
        var added = (next.Classes ?? []).Except(now.Classes ?? []).ToList();
        if (gone.Count > 0) yield return $"No longer answered: {string.Join(", ", gone)}.";
        if (added.Count > 0) yield return $"Newly answered: {string.Join(", ", added)}.";
    }

    private static string Form(TensorSignature tensor) => $"{tensor.Datatype} [{string.Join(", ", tensor.Shape)}]";
}
