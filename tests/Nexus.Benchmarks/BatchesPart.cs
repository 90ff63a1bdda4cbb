using System.Diagnostics;
using Nexus.Inference.Onnx;

namespace Nexus.Benchmarks;

/// <summary>What a row costs the model in a call of its own and in a call of many: whether it would pay to gather single rows into batches.</summary>
internal static class BatchesPart
{
    private const int Calls = 300;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);
    private static readonly int[] Sizes = [1, 2, 4, 8, 16, 64];

    public static async Task<string> RunAsync()
    {
        var narrow = await MeasureAsync(Forest.Onnx());
        var wide = await MeasureAsync(Forest.Onnx([.. Enumerable.Range(0, 200).Select(i => $"f{i}")], trees: 500));
        return string.Join('\n',
            Lines.Head(["one thread, µs a row", .. Sizes.Select(s => $"{s} row{(s == 1 ? "" : "s")} a call")]),
            Lines.Row(["100 trees × 31 leaves, 7 features", .. narrow.Select(Micro)]),
            Lines.Row(["500 trees × 31 leaves, 200 features", .. wide.Select(Micro)]),
            "",
            $"Gathering 8 rows that wait at the same time saves {Micro(narrow[0] - narrow[3])} µs of the {Micro(narrow[0])} µs that a row of the first model takes, and {Micro(wide[0] - wide[3])} of {Micro(wide[0])} of the second;",
            "the rest of a request (socket, JSON, key, journal) costs as much as ever, and each row would wait for the others.");
    }

    private static object Micro(double microseconds) => Lines.Number(microseconds, "0.0");

    private static async Task<double[]> MeasureAsync(byte[] onnx)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, onnx);
        var session = ModelSession.Load(file, null);
        File.Delete(file);
        return [.. Sizes.Select(rows => MicrosecondsARow(session, rows))];
    }

    private static double MicrosecondsARow(ModelSession session, int rows)
    {
        var random = new Random(7);
        var slot = session.Rent(rows);
        slot.Prepare(rows);
        foreach (var input in slot.Inputs)
            for (var row = 0; row < rows; row++) input.Values<float>()[row] = random.NextSingle();
        for (var i = 0; i < Calls; i++) slot.Run(rows);
        var (watch, calls) = (Stopwatch.StartNew(), 0L);
        for (; watch.Elapsed < Length; calls += Calls)
            for (var i = 0; i < Calls; i++) slot.Run(rows);
        var elapsed = watch.Elapsed;
        session.Return(slot);
        return elapsed.TotalMicroseconds / calls / rows;
    }
}
