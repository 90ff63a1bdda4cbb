using Nexus.Data;
using Nexus.Data.Registry;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training;

/// <summary>
/// Everything fitted as one self-contained ONNX, from raw columns to label and scores, held to the trainer on every
/// evaluation row.
/// </summary>
internal static class ModelExport
{
    /// <summary>Largest difference allowed: in probabilities, or for regression relative to numbers above 1.</summary>
    public const double Tolerance = 1e-4;

    public static byte[] Write(FeaturePlan plan, ITrainer trainer, ITrainedModel model)
    {
        var graph = new OnnxGraphBuilder();
        var features = new FeatureGraph(graph, plan, trainer.WantsScaling).Write();
        var answers = model.Write(graph, features);
        if (plan.Task == "regression")
        {
            graph.Output(answers, OnnxConventions.Prediction, OnnxElement.Float, -1, 1);
        }
        else
        {
            var best = graph.Add("ArgMax", [answers], ("axis", 1L), ("keepdims", 1L));
            var label = graph.Add("Gather", [graph.Constant(plan.Classes, plan.Classes.Count), best], ("axis", 0L));
            graph.Output(label, OnnxConventions.Label, OnnxElement.Text, -1, 1);
            graph.Output(answers, OnnxConventions.Scores, OnnxElement.Float, -1, plan.Classes.Count);
        }

        return OnnxWriter.Write(graph.Build("nexus", new Dictionary<string, string> { ["nexus.task"] = plan.Task, ["nexus.trainer"] = trainer.Name }));
    }

    public static ModelSignature Signature(byte[] onnx, FeaturePlan plan)
    {
        var read = OnnxInspector.Inspect(onnx);
        return new(read.Inputs, read.Outputs, plan.Task, plan.Classes, plan.Positive);
    }

    public static string OutputOf(string task) => task == "regression" ? OnnxConventions.Prediction : OnnxConventions.Scores;

    /// <returns>The largest difference.</returns>
    /// <exception cref="RefusedException">Invalid, where ONNX Runtime and the trainer differ by more than <see cref="Tolerance"/>.</exception>
    public static double Compare(IReadOnlyList<float> onnx, IReadOnlyList<double> trainer, string task)
    {
        if (onnx.Count != trainer.Count) throw new InvalidOperationException($"The ONNX answers {onnx.Count} numbers, the trainer {trainer.Count}.");
        var (largest, at) = (0.0, 0);
        for (var i = 0; i < onnx.Count; i++)
        {
            var scale = task == "regression" ? Math.Max(1, Math.Abs(trainer[i])) : 1;
            var difference = Math.Abs(onnx[i] - trainer[i]) / scale;
            if (difference <= largest) continue;
            (largest, at) = (double.IsNaN(difference) ? double.PositiveInfinity : difference, i);
        }

        return largest <= Tolerance
            ? largest
            : throw Refused.Invalid($"The exported ONNX and the trainer differ by {largest:G3} (at number {at:N0} of the test split: {onnx[at]:G7} and {trainer[at]:G7}); at most {Tolerance} is allowed. Nothing was exported.");
    }
}
