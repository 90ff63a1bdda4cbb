using Nexus.Inference.Onnx;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training;

/// <summary>What a trainer made, in its own form.</summary>
internal interface ITrainedModel : IDisposable
{
    /// <summary>For keeping.</summary>
    byte[] Native { get; }

    /// <summary>
    /// The trainer's own answers: per row a probability per class, in the order of the classes, or for regression one number.
    /// </summary>
    /// <returns>[rows · width], row by row.</returns>
    double[] Predict(FeatureMatrix features);

    /// <summary>Adds the model to a graph.</summary>
    /// <param name="features">The name of the matrix <c>[rows, width]</c>.</param>
    /// <returns>The name of <c>[rows, classes]</c>, or for regression <c>[rows, 1]</c>: the same answers.</returns>
    string Write(OnnxGraphBuilder graph, string features);
}
