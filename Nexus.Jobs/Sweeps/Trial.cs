using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents;

namespace Nexus.Jobs.Sweeps;

/// <summary>Between a point of the space and the overrides of a run.</summary>
internal static class Trial
{
    /// <summary>What holds for all, then the values in the order of the dimensions.</summary>
    public static List<string> Overrides(SweepSpace space, IReadOnlyList<string> values) =>
        [.. space.Fixed, .. space.Dimensions.Select((dimension, d) => $"{dimension.Path}={values[d]}")];

    /// <summary>The way back.</summary>
    public static IReadOnlyList<string> Values(SweepSpace space, string overrides)
    {
        var written = CanonicalJson.Read<string[]>(overrides);
        return [.. written[^space.Dimensions.Count..].Select((text, d) => text[(space.Dimensions[d].Path.Length + 1)..])];
    }

    public static IReadOnlyDictionary<string, string> Named(SweepSpace space, string overrides)
    {
        var values = Values(space, overrides);
        return space.Dimensions.Select((dimension, d) => (Path: dimension.Path.TrimStart('+'), Value: values[d]))
            .DistinctBy(v => v.Path).ToDictionary(v => v.Path, v => v.Value);
    }
}
