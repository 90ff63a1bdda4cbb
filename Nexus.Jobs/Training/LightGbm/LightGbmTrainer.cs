using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Options;
using static Nexus.Jobs.Training.LightGbm.LightGbmNative;

namespace Nexus.Jobs.Training.LightGbm;

/// <summary>Gradient-boosted trees by LightGBM, one call per iteration: progress, early stopping and cancellation lie between them.</summary>
internal sealed class LightGbmTrainer(IOptions<TrainingOptions> options) : ITrainer
{
    public string Name => "lightgbm";
    public string Version { get; } = typeof(LightGbmTrainer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "LightGBM").Value!;
    public bool WantsScaling => false;
    public bool TakesMissing => true;

    public IReadOnlyList<TrainerParameter> Parameters { get; } =
    [
        new("iterations", 100.0, "Rounds of boosting.", 1, 100_000, Whole: true),
        new("leaves", 31.0, "Most leaves of a tree.", 2, 65_536, Whole: true),
        new("learningRate", 0.1, "Weight of each tree.", 1e-6, 10),
        new("maxDepth", 0.0, "Most levels of a tree; 0 is no limit.", 0, 1000, Whole: true),
        new("minRowsInLeaf", 20.0, "Fewest training rows of a leaf.", 1, 1e9, Whole: true),
        new("minGain", 0.0, "Least gain of a split."),
        new("featureFraction", 1.0, "Share of the features that a tree may use.", 0.001, 1),
        new("baggingFraction", 1.0, "Share of the rows that a tree sees.", 0.001, 1),
        new("l1", 0.0, "L1 penalty of the leaves."),
        new("l2", 0.0, "L2 penalty of the leaves."),
        new("maxBins", 255.0, "Most bins of a feature.", 2, 65_535, Whole: true),
        new("positiveWeight", 1.0, "For two classes: how much a positive row weighs.", 1e-6, 1e6),
        new("earlyStopping", 0.0, "Stop after so many iterations without improvement on the validation share; 0 is off.", 0, 10_000, Whole: true),
        new("validation", 0.1, "Share of the training rows that early stopping watches.", 0.001, 0.9),
    ];

    public Task<ITrainedModel> TrainAsync(TrainingSet set, TrainerSettings settings, int seed, TrainingWatch watch, CancellationToken ct) =>
        Task.Factory.StartNew<ITrainedModel>(() => Train(set, settings, seed, watch, ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private LightGbmModel Train(TrainingSet set, TrainerSettings settings, int seed, TrainingWatch watch, CancellationToken ct)
    {
        var parameters = Write(set, settings, seed, options.Value.EffectiveThreads);
        var patience = settings.Count("earlyStopping");
        var (train, valid) = patience > 0 ? ValidationSplit.Of(set, settings.Number("validation"), seed) : (set, null);
        using var trainData = new LightGbmDataset(train, parameters);
        using var validData = valid is null ? null : new LightGbmDataset(valid, parameters, trainData);
        Check(LGBM_BoosterCreate(trainData.Handle, parameters, out var booster));
        try
        {
            if (validData is not null) Check(LGBM_BoosterAddValidData(booster, validData.Handle));
            var best = Boost(booster, set.Task, settings.Count("iterations"), validData is null ? 0 : patience, watch, ct);
            return new(Save(booster, best), set.Task, options.Value.EffectiveThreads);
        }
        finally
        {
            Check(LGBM_BoosterFree(booster));
        }
    }

    private static int Boost(nint booster, string task, int iterations, int patience, TrainingWatch watch, CancellationToken ct)
    {
        var metric = task switch { "regression" => "rmse", _ => "logLoss" };
        var (best, bestValue) = (0, double.PositiveInfinity);
        for (var iteration = 1; iteration <= iterations; iteration++)
        {
            ct.ThrowIfCancellationRequested();
            Check(LGBM_BoosterUpdateOneIter(booster, out var finished));
            watch.Metric($"train.{metric}", Evaluate(booster, 0), iteration);
            if (finished != 0)
            {
                watch.Log($"No further split improves after {iteration} iterations.");
                return patience > 0 && best > 0 ? best : -1;
            }

            watch.Progress((double)iteration / iterations, $"{iteration} of {iterations} iterations");
            if (patience == 0) continue;
            var value = Evaluate(booster, 1);
            watch.Metric($"valid.{metric}", value, iteration);
            if (value < bestValue) (best, bestValue) = (iteration, value);
            if (iteration - best < patience) continue;
            watch.Log(string.Create(CultureInfo.InvariantCulture, $"Stopped early: no improvement for {patience} iterations; the first {best} are kept (valid {metric} {bestValue:0.#####})."));
            return best;
        }

        return patience > 0 ? best : -1;
    }

    private static unsafe double Evaluate(nint booster, int data)
    {
        Check(LGBM_BoosterGetEvalCounts(booster, out var count));
        var results = stackalloc double[Math.Max(1, count)];
        Check(LGBM_BoosterGetEval(booster, data, out _, results));
        return results[0];
    }

    private static unsafe string Save(nint booster, int iterations)
    {
        Check(LGBM_BoosterSaveModelToString(booster, 0, iterations, 0, 0, out var length, null));
        var bytes = new byte[length];
        fixed (byte* text = bytes) Check(LGBM_BoosterSaveModelToString(booster, 0, iterations, 0, length, out _, text));
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }

    private static string Write(TrainingSet set, TrainerSettings settings, int seed, int threads)
    {
        var (objective, metric) = set.Task switch
        {
            "binary" => ("binary", "binary_logloss"),
            "multiclass" => ($"multiclass num_class={set.Classes}", "multi_logloss"),
            _ => ("regression", "rmse"),
        };
        var weight = set.Task == "binary" ? $" scale_pos_weight={settings.Number("positiveWeight"):R}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            objective={objective} metric={metric} is_provide_training_metric=true verbosity=-1 num_threads={threads} seed={seed} deterministic=true force_row_wise=true
            feature_pre_filter=false num_leaves={settings.Count("leaves")} learning_rate={settings.Number("learningRate"):R} max_depth={(settings.Count("maxDepth") is > 0 and var depth ? depth : -1)}
            min_data_in_leaf={settings.Count("minRowsInLeaf")} min_gain_to_split={settings.Number("minGain"):R} feature_fraction={settings.Number("featureFraction"):R}
            bagging_fraction={settings.Number("baggingFraction"):R} bagging_freq={(settings.Number("baggingFraction") < 1 ? 1 : 0)} lambda_l1={settings.Number("l1"):R} lambda_l2={settings.Number("l2"):R} max_bin={settings.Count("maxBins")}{weight}
            """).ReplaceLineEndings(" ");
    }
}
