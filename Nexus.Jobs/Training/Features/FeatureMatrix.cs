namespace Nexus.Jobs.Training.Features;

/// <summary>Encoded rows, sparse by row: zeros are left out, NaN is not.</summary>
/// <param name="Starts">Where each row begins in the other two; one more than there are rows.</param>
/// <param name="Indices">Ascending within a row.</param>
internal sealed record FeatureMatrix(int Width, int[] Starts, int[] Indices, float[] Values)
{
    public int Rows => Starts.Length - 1;

    public FeatureMatrix Take(IReadOnlyList<int> rows)
    {
        var starts = new int[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++) starts[i + 1] = starts[i] + Starts[rows[i] + 1] - Starts[rows[i]];
        var (indices, values) = (new int[starts[^1]], new float[starts[^1]]);
        for (var i = 0; i < rows.Count; i++)
        {
            var (from, length) = (Starts[rows[i]], starts[i + 1] - starts[i]);
            Array.Copy(Indices, from, indices, starts[i], length);
            Array.Copy(Values, from, values, starts[i], length);
        }

        return new(Width, starts, indices, values);
    }
}
