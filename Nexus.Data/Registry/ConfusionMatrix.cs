namespace Nexus.Data.Registry;

/// <param name="Counts">[actual][predicted], in the order of <paramref name="Classes"/>.</param>
public sealed record ConfusionMatrix(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<int>> Counts);
