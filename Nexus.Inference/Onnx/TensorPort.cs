using System.Text;
using Nexus.Data.Registry;

namespace Nexus.Inference.Onnx;

/// <summary>One input or output of a model.</summary>
/// <param name="Shape">−1 for a free dimension.</param>
public sealed record TensorPort(string Name, Datatype Datatype, long[] Shape)
{
    /// <summary>The name as requests spell it.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>Whether the first dimension counts rows.</summary>
    public bool HasRows => Shape is [-1, ..];

    /// <summary>Elements of one row (all dimensions but the first); −1 where another dimension is free.</summary>
    public int RowElements { get; } = Elements(Shape);

    public TensorSignature ToSignature() => new(Name, Datatype.Name(), Shape);

    /// <summary>Whether a tensor of that shape fits.</summary>
    public bool Accepts(ReadOnlySpan<long> shape)
    {
        if (shape.Length != Shape.Length) return false;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] < 0 || (Shape[i] >= 0 && Shape[i] != shape[i])) return false;
        }

        return true;
    }

    /// <summary>As errors write shapes: <c>[-1,7]</c>.</summary>
    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(',', shape.ToArray())}]";

    private static int Elements(long[] shape)
    {
        long product = 1;
        foreach (var dimension in shape.AsSpan(Math.Min(1, shape.Length)))
        {
            if (dimension < 0) return -1;
            product *= dimension;
            if (product > int.MaxValue) return -1;
        }

        return (int)product;
    }
}
