using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Registry.Explanations;

/// <summary>What answers rows: an ONNX, or a known function in a test.</summary>
internal interface ITableModel
{
    /// <summary>binary, multiclass or regression.</summary>
    string Task { get; }

    /// <summary>In the order of the scores, for two classes the positive one last; empty for regression.</summary>
    IReadOnlyList<string> Classes { get; }

    /// <returns>[rows · classes], row by row; for regression [rows].</returns>
    float[] Score(RawTable table, CancellationToken ct);
}
