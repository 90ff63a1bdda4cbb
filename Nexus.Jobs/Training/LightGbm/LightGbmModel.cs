using System.Text;
using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Features;
using static Nexus.Jobs.Training.LightGbm.LightGbmNative;

namespace Nexus.Jobs.Training.LightGbm;

/// <summary>A trained booster, in LightGBM's own text format.</summary>
internal sealed unsafe class LightGbmModel : ITrainedModel
{
    private readonly nint _booster;
    private readonly string _task;
    private readonly int _threads;

    public LightGbmModel(string text, string task, int threads)
    {
        (_task, _threads, Native) = (task, threads, Encoding.UTF8.GetBytes(text));
        fixed (byte* bytes = (byte[])[.. Native, 0]) Check(LGBM_BoosterLoadModelFromString(bytes, out _, out _booster));
    }

    public byte[] Native { get; }

    public double[] Predict(FeatureMatrix features)
    {
        var trees = LightGbmTrees.Read(Encoding.UTF8.GetString(Native));
        var results = new double[(long)features.Rows * trees.Targets];
        fixed (int* starts = features.Starts, indices = LightGbmDataset.Room(features.Indices))
        fixed (float* values = LightGbmDataset.Room(features.Values))
        fixed (double* into = LightGbmDataset.Room(results))
            Check(LGBM_BoosterPredictForCSR(
                _booster, starts, Int32Type, indices, values, Float32Type, features.Starts.Length, features.Values.Length, features.Width,
                PredictNormal, 0, -1, $"num_threads={_threads}", out _, into));
        return _task == "binary" ? [.. results.SelectMany(p => new[] { 1 - p, p })] : results;
    }

    public string Write(OnnxGraphBuilder graph, string features)
    {
        var trees = LightGbmTrees.Read(Encoding.UTF8.GetString(Native));
        var raw = TreeEnsembleGraph.Write(graph, features, trees);
        if (_task == "regression") return raw;
        if (_task == "multiclass") return graph.Add("Softmax", [raw], ("axis", 1L));
        if (trees.Sigmoid != 1) raw = graph.Add("Mul", [raw, graph.Constant([(float)trees.Sigmoid], 1)]);
        var positive = graph.Add("Sigmoid", [raw]);
        return graph.Add("Concat", [graph.Add("Sub", [graph.Constant([1f], 1), positive]), positive], ("axis", 1L));
    }

    public void Dispose() => Check(LGBM_BoosterFree(_booster));
}
