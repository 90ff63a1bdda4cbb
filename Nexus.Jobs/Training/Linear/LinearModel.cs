using System.Text;
using Nexus.Data;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training.Linear;

/// <summary>Weights and biases, a row of them per output: one for two classes and for regression, else one per class.</summary>
/// <param name="predict">ML.NET's own answers, from its own model.</param>
internal sealed class LinearModel(string task, float[][] weights, float[] biases, Func<FeatureMatrix, double[]> predict) : ITrainedModel
{
    public byte[] Native { get; } = Encoding.UTF8.GetBytes(CanonicalJson.Write(new { task, weights, biases }));

    public double[] Predict(FeatureMatrix features) => predict(features);

    public string Write(OnnxGraphBuilder graph, string features)
    {
        var (width, outputs) = (weights[0].Length, weights.Length);
        var columns = new float[width * outputs];
        for (var o = 0; o < outputs; o++) for (var f = 0; f < width; f++) columns[(f * outputs) + o] = weights[o][f];
        var raw = graph.Add("Gemm", [features, graph.Constant(columns, width, outputs), graph.Constant(biases, outputs)]);
        if (task == "regression") return raw;
        if (task == "multiclass") return graph.Add("Softmax", [raw], ("axis", 1L));
        var positive = graph.Add("Sigmoid", [raw]);
        return graph.Add("Concat", [graph.Add("Sub", [graph.Constant([1f], 1), positive]), positive], ("axis", 1L));
    }

    public void Dispose()
    {
    }
}
