using Microsoft.ML.Data;
using Nexus.Jobs.Training.Features;

namespace Nexus.Jobs.Training.Linear;

/// <summary>A row as ML.NET reads it; of the labels, the task's one is used.</summary>
internal sealed class LinearRow
{
    public VBuffer<float> Features { get; set; }
    public bool Positive { get; set; }

    /// <summary>From 0: a list is read so, while ML.NET's own keys count from 1.</summary>
    public uint Class { get; set; }
    public float Number { get; set; }

    public static List<LinearRow> Of(FeatureMatrix matrix, Func<int, double> label)
    {
        var rows = new List<LinearRow>(matrix.Rows);
        for (var r = 0; r < matrix.Rows; r++)
        {
            var (from, to) = (matrix.Starts[r], matrix.Starts[r + 1]);
            var value = label(r);
            rows.Add(new()
            {
                Features = to - from == matrix.Width
                    ? new(matrix.Width, matrix.Values[from..to])
                    : new(matrix.Width, to - from, matrix.Values[from..to], matrix.Indices[from..to]),
                Positive = value == 1,
                Class = (uint)value,
                Number = (float)value,
            });
        }

        return rows;
    }
}
