namespace Nexus.Jobs.Training;

/// <summary>A way to learn from encoded rows.</summary>
internal interface ITrainer
{
    /// <summary>As documents name it.</summary>
    string Name { get; }

    /// <summary>Of the library that fits.</summary>
    string Version { get; }

    IReadOnlyList<TrainerParameter> Parameters { get; }

    /// <summary>Whether numbers are to be scaled before it sees them.</summary>
    bool WantsScaling { get; }

    /// <summary>Whether NaN may stand among the features.</summary>
    bool TakesMissing { get; }

    Task<ITrainedModel> TrainAsync(TrainingSet set, TrainerSettings settings, int seed, TrainingWatch watch, CancellationToken ct);
}
