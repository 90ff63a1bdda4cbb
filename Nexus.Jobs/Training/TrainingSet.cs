using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training;

/// <summary>Encoded rows with what is to be learnt.</summary>
/// <param name="Labels">The class's place, or for regression the number.</param>
/// <param name="InTimeOrder">A validation share is then the last rows instead of random ones.</param>
internal sealed record TrainingSet(FeatureMatrix Features, double[] Labels, string Task, int Classes, bool InTimeOrder)
{
    public TrainingSet Take(IReadOnlyList<int> rows) => this with { Features = Features.Take(rows), Labels = [.. rows.Select(r => Labels[r])] };
}
