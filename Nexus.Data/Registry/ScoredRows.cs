using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Nexus.Data.Registry;

/// <summary>
/// What a model answered on each row of an evaluation, beside what was true: all that metrics and plots need, so that two
/// versions measured on the same rows can be compared row by row.
/// </summary>
/// <param name="Task">binary, multiclass or regression.</param>
/// <param name="Classes">In the order of the scores; empty for regression.</param>
/// <param name="RowsDigest">Digest of the Parquet blob of the rows; equal digests are equal rows in equal order.</param>
/// <param name="Label">The column that was to be predicted.</param>
/// <param name="RowsAre">What the rows are, for a person: <c>test split of elec2@3</c>.</param>
/// <param name="TotalRows">Rows of the blob; above <see cref="Most"/> a seeded sample of them is kept, the same for every version.</param>
/// <param name="Labels">The class's place (negative: one the model does not know), or the number.</param>
/// <param name="Scores">binary: of the positive class. multiclass: of the predicted class. regression: the prediction.</param>
/// <param name="Predicted">multiclass: the predicted class's place; else empty.</param>
/// <param name="LabelScores">multiclass: the score of the true class; else empty.</param>
public sealed record ScoredRows(
    string Task, IReadOnlyList<string> Classes, string RowsDigest, string Label, string RowsAre, long TotalRows,
    double[] Labels, float[] Scores, int[] Predicted, float[] LabelScores, IReadOnlyList<SlicedColumn> Slices)
{
    /// <summary>Rows kept at most.</summary>
    public const int Most = 1_000_000;

    public int Rows => Labels.Length;

    /// <summary>Whether both were measured on the same rows against the same labels.</summary>
    public bool IsPairedWith(ScoredRows other) =>
        RowsDigest == other.RowsDigest && Label == other.Label && Task == other.Task && Rows == other.Rows && Classes.SequenceEqual(other.Classes);

    /// <summary>A line of JSON that describes, then the numbers, little-endian.</summary>
    public byte[] Write()
    {
        var head = new Head(Task, Classes, RowsDigest, Label, RowsAre, TotalRows, Rows, [.. Slices.Select(s => new HeadSlice(s.Column, s.Names))]);
        using var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes(CanonicalJson.Write(head)));
        stream.WriteByte((byte)'\n');
        Put<double>(stream, Labels);
        Put<float>(stream, Scores);
        Put<int>(stream, Predicted);
        Put<float>(stream, LabelScores);
        foreach (var slice in Slices) Put<short>(stream, slice.Slice);
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ScoredRows Read(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var head = JsonSerializer.Deserialize<Head>(bytes[..end], CanonicalJson.Options)!;
        var rest = bytes[(end + 1)..];
        var many = head.Task == "multiclass" ? head.Rows : 0;
        var labels = Take<double>(ref rest, head.Rows);
        var scores = Take<float>(ref rest, head.Rows);
        var predicted = Take<int>(ref rest, many);
        var labelScores = Take<float>(ref rest, many);
        var slices = new List<SlicedColumn>();
        foreach (var slice in head.Slices) slices.Add(new(slice.Column, slice.Names, Take<short>(ref rest, head.Rows)));
        return new(head.Task, head.Classes, head.RowsDigest, head.Label, head.RowsAre, head.TotalRows, labels, scores, predicted, labelScores, slices);
    }

    private static void Put<T>(MemoryStream stream, T[] values) where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("The portal runs on little-endian machines.");
        stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] Take<T>(ref ReadOnlySpan<byte> bytes, int count) where T : unmanaged
    {
        var values = new T[count];
        var target = MemoryMarshal.AsBytes(values.AsSpan());
        bytes[..target.Length].CopyTo(target);
        bytes = bytes[target.Length..];
        return values;
    }

    private sealed record Head(
        string Task, IReadOnlyList<string> Classes, string RowsDigest, string Label, string RowsAre, long TotalRows, int Rows, IReadOnlyList<HeadSlice> Slices);

    private sealed record HeadSlice(string Column, IReadOnlyList<string> Names);
}
