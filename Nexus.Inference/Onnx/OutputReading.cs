using System.Text;
using Nexus.Data.Registry;

namespace Nexus.Inference.Onnx;

/// <summary>Which outputs hold the label and the scores, and what the scores' columns are called.</summary>
public sealed class OutputReading
{
    private static readonly string[] LabelNames = ["label", "output_label", "class", "predicted_label"];
    private static readonly string[] ScoreNames = ["scores", "prediction", "probabilities", "output_probability", "variable", "score"];

    private OutputReading(int label, int scores, string? task, IReadOnlyList<string> classes)
    {
        (Label, Scores, Task, Classes) = (label, scores, task, classes);
        Utf8Classes = [.. classes.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Index of the output that answers a class; −1 where the scores decide or there is none.</summary>
    public int Label { get; }

    /// <summary>Index of the floating-point output with the scores, or with a regression's value; −1 for none.</summary>
    public int Scores { get; }

    /// <summary>binary, multiclass, regression; null where nothing tells.</summary>
    public string? Task { get; }

    /// <summary>The scores' columns; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc cref="Classes"/>
    public byte[][] Utf8Classes { get; }

    /// <summary>Whether the score is a value rather than a class's probability.</summary>
    public bool IsValue => Classes.Count == 0;

    internal static OutputReading Of(IReadOnlyList<TensorPort> outputs, ModelSignature? signature)
    {
        var scores = Find(outputs, ScoreNames, o => o.Datatype.IsFloat() && o.RowElements > 0);
        var label = Find(outputs, LabelNames, o => !o.Datatype.IsFloat() && o.RowElements == 1);
        if (signature?.Task == "regression" || (signature?.Task is null && label < 0 && scores >= 0 && outputs[scores].RowElements == 1))
            return new(-1, scores, "regression", []);
        var columns = scores < 0 ? 0 : outputs[scores].RowElements;
        IReadOnlyList<string> classes = signature?.Classes is { Count: > 0 } told ? told : [.. Enumerable.Range(0, columns).Select(i => i.ToString())];
        // Scores that do not match the classes column by column say nothing about them.
        if (columns != classes.Count) scores = -1;
        return new(label, scores, signature?.Task, classes);
    }

    private static int Find(IReadOnlyList<TensorPort> outputs, string[] names, Func<TensorPort, bool> fits)
    {
        foreach (var name in names)
        {
            for (var i = 0; i < outputs.Count; i++) if (outputs[i].Name == name && fits(outputs[i])) return i;
        }

        for (var i = 0; i < outputs.Count; i++) if (fits(outputs[i])) return i;
        return -1;
    }
}
