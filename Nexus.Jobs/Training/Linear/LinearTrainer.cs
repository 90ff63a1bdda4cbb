using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training.Linear;

/// <summary>
/// Logistic, multinomial and least-squares regression by ML.NET, on one thread, so that the same seed gives the same weights.
/// ML.NET has no cancellation: the step ends at once and the fit at its next message, or when it is through.
/// </summary>
internal sealed class LinearTrainer : ITrainer
{
    // Above it stochastic dual coordinate ascent is several times faster than L-BFGS and as good; below, L-BFGS is better.
    private const int ManyFeatures = 1000;

    public string Name => "linear";
    public string Version { get; } = $"ML.NET {typeof(MLContext).Assembly.GetName().Version!.ToString(3)}";
    public bool WantsScaling => true;
    public bool TakesMissing => false;

    public IReadOnlyList<TrainerParameter> Parameters { get; } =
    [
        new("solver", "auto", "lbfgs, sdca, or auto: sdca for regression and above 1,000 features.", Options: ["auto", "lbfgs", "sdca"]),
        new("l2", 1e-5, "L2 penalty.", 0, 1e6),
        new("l1", 0.0, "L1 penalty.", 0, 1e6),
        new("iterations", 0.0, "Most passes over the rows; 0 is the solver's own: 100 for sdca, 200 for lbfgs.", 0, 100_000, Whole: true),
        new("tolerance", 0.0, "The improvement below which it stops; 0 is the solver's own.", 0, 1),
    ];

    public async Task<ITrainedModel> TrainAsync(TrainingSet set, TrainerSettings settings, int seed, TrainingWatch watch, CancellationToken ct)
    {
        watch.Progress(null, "fitting");
        var fit = Task.Factory.StartNew(() => Fit(set, settings, seed, ct), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var model = await fit.WaitAsync(ct);
        var loss = Loss(set, model.Predict(set.Features));
        watch.Metric(set.Task == "regression" ? "train.rmse" : "train.logLoss", loss, 1);
        return model;
    }

    private static LinearModel Fit(TrainingSet set, TrainerSettings settings, int seed, CancellationToken ct)
    {
        var ml = new MLContext(seed);
        // Raised on the fitting thread: throwing from it is the one way to end a fit early.
        ml.Log += (_, _) => ct.ThrowIfCancellationRequested();
        var lbfgs = settings.Text("solver") switch { "auto" => set.Features.Width <= ManyFeatures && set.Task != "regression", var solver => solver == "lbfgs" };
        return set.Task switch
        {
            "binary" => Binary(ml, set, settings, lbfgs),
            "multiclass" => Multiclass(ml, set, settings, lbfgs),
            _ => Regression(ml, set, settings),
        };
    }

    private static LinearModel Binary(MLContext ml, TrainingSet set, TrainerSettings settings, bool lbfgs)
    {
        var data = View(ml, set.Features, r => set.Labels[r], 2);
        ITransformer fitted;
        LinearBinaryModelParameters found;
        if (lbfgs)
        {
            var model = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = nameof(LinearRow.Positive),
                NumberOfThreads = 1,
                L2Regularization = L2(settings),
                L1Regularization = (float)settings.Number("l1"),
                MaximumNumberOfIterations = Iterations(settings, 200),
                OptimizationTolerance = Tolerance(settings, 1e-7f),
            }).Fit(data);
            (fitted, found) = (model, model.Model.SubModel);
        }
        else
        {
            var model = ml.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = nameof(LinearRow.Positive),
                NumberOfThreads = 1,
                Shuffle = true,
                L2Regularization = L2(settings),
                L1Regularization = (float)settings.Number("l1"),
                MaximumNumberOfIterations = Iterations(settings, 100),
                ConvergenceTolerance = Tolerance(settings, 0.1f),
            }).Fit(data);
            (fitted, found) = (model, model.Model.SubModel);
        }

        return new(set.Task, [[.. found.Weights]], [found.Bias], features =>
            [.. Column<float>(fitted, View(ml, features, _ => 0, 2), "Probability").SelectMany(p => new[] { 1 - (double)p, p })]);
    }

    private static LinearModel Multiclass(MLContext ml, TrainingSet set, TrainerSettings settings, bool lbfgs)
    {
        var data = View(ml, set.Features, r => set.Labels[r], set.Classes);
        ITransformer fitted;
        MaximumEntropyModelParameters found;
        if (lbfgs)
        {
            var model = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = nameof(LinearRow.Class),
                NumberOfThreads = 1,
                L2Regularization = L2(settings),
                L1Regularization = (float)settings.Number("l1"),
                MaximumNumberOfIterations = Iterations(settings, 200),
                OptimizationTolerance = Tolerance(settings, 1e-7f),
            }).Fit(data);
            (fitted, found) = (model, model.Model);
        }
        else
        {
            var model = ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
            {
                LabelColumnName = nameof(LinearRow.Class),
                NumberOfThreads = 1,
                Shuffle = true,
                L2Regularization = L2(settings),
                L1Regularization = (float)settings.Number("l1"),
                MaximumNumberOfIterations = Iterations(settings, 100),
                ConvergenceTolerance = Tolerance(settings, 0.1f),
            }).Fit(data);
            (fitted, found) = (model, model.Model);
        }

        VBuffer<float>[] weights = [];
        found.GetWeights(ref weights, out var classes);
        return new(set.Task, [.. weights.Take(classes).Select(w => w.DenseValues().ToArray())], [.. found.GetBiases()], features =>
            [.. Column<VBuffer<float>>(fitted, View(ml, features, _ => 0, set.Classes), "Score").SelectMany(s => s.DenseValues()).Select(p => (double)p)]);
    }

    // The label is standardized for the fit and the weights are turned back, so that its scale and distance from 0 do not matter.
    private static LinearModel Regression(MLContext ml, TrainingSet set, TrainerSettings settings)
    {
        var mean = set.Labels.Average();
        var spread = Math.Sqrt(set.Labels.Average(l => (l - mean) * (l - mean)));
        if (spread == 0) spread = 1;
        var model = ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
        {
            LabelColumnName = nameof(LinearRow.Number),
            NumberOfThreads = 1,
            Shuffle = true,
            L2Regularization = L2(settings),
            L1Regularization = (float)settings.Number("l1"),
            MaximumNumberOfIterations = Iterations(settings, 100),
            ConvergenceTolerance = Tolerance(settings, 0.01f),
        }).Fit(View(ml, set.Features, r => (set.Labels[r] - mean) / spread, 2));
        float[] weights = [.. model.Model.Weights.Select(w => (float)(w * spread))];
        return new(set.Task, [weights], [(float)((model.Model.Bias * spread) + mean)], features =>
            [.. Column<float>(model, View(ml, features, _ => 0, 2), "Score").Select(s => (s * spread) + mean)]);
    }

    private static int Iterations(TrainerSettings settings, int own) => settings.Count("iterations") is > 0 and var given ? given : own;

    private static float Tolerance(TrainerSettings settings, float own) => settings.Number("tolerance") is > 0 and var given ? (float)given : own;

    private static float L2(TrainerSettings settings) => (float)Math.Max(settings.Number("l2"), 1e-9);

    private static IDataView View(MLContext ml, FeatureMatrix matrix, Func<int, double> label, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(LinearRow));
        schema[nameof(LinearRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, matrix.Width);
        schema[nameof(LinearRow.Class)].ColumnType = new KeyDataViewType(typeof(uint), classes);
        return ml.Data.LoadFromEnumerable(LinearRow.Of(matrix, label), schema);
    }

    private static IEnumerable<T> Column<T>(ITransformer model, IDataView rows, string name) => model.Transform(rows).GetColumn<T>(name);

    private static double Loss(TrainingSet set, double[] predictions)
    {
        if (set.Task == "regression") return Math.Sqrt(set.Labels.Zip(predictions, (l, p) => (l - p) * (l - p)).Average());
        var width = predictions.Length / set.Labels.Length;
        return set.Labels.Select((l, r) => -Math.Log(Math.Max(predictions[(r * width) + (int)l], 1e-7))).Average();
    }
}
