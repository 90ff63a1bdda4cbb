using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nexus.Data;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Agents;

/// <summary>
/// One request on its way through a model: the version that answers it, its tensors, and buffers that are used again.
/// From <see cref="DecisionService"/>; dispose it when the answer is sent.
/// </summary>
public sealed class InferenceCall : IDisposable
{
    private readonly DecisionService _service;
    private readonly ArrayBufferWriter<byte> _answer = new(1024);
    private readonly ArrayBufferWriter<byte> _record = new(1024);
    private readonly byte[] _number = new byte[24];
    private InferenceSlot? _slot;
    private ServedVersion? _version;
    private int[] _labels = [];
    private long _started;

    internal InferenceCall(DecisionService service)
    {
        _service = service;
        Json = new(_answer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    public string Agent { get; private set; } = "";

    public ServedVersion Version => _version!;

    /// <summary>production, or explicit where the request named another version.</summary>
    public string Variant { get; private set; } = "";

    public int Rows { get; private set; }

    public InferenceSlot Slot => _slot ?? throw new InvalidOperationException("The call has no tensors yet.");

    public DateTimeOffset At { get; private set; }

    /// <summary>The first row's decision; the others' by <see cref="DecisionIds.OfRow"/>.</summary>
    public Guid FirstId { get; private set; }

    /// <summary>Length of the answer's JSON where binary tensors follow it; else 0.</summary>
    public int HeaderBytes { get; set; }

    /// <summary>Writes into <see cref="Answer"/>.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>The answer's bytes.</summary>
    public ArrayBufferWriter<byte> Answer => _answer;

    internal byte[] Utf8Variant { get; private set; } = [];

    internal int PlanRevision { get; private set; }

    /// <summary>Which inputs the request has given so far; for whoever reads it.</summary>
    public bool[] Seen { get; private set; } = [];

    internal OutputBuffer? Scores => Version.Session.Reading.Scores is >= 0 and var at ? Slot.Outputs[at] : null;

    /// <summary>Takes tensors for that many rows.</summary>
    public InferenceSlot Begin(int rows)
    {
        Rows = rows;
        if (_labels.Length < rows) _labels = new int[rows];
        _labels.AsSpan(0, rows).Fill(-1);
        return _slot = Version.Session.Rent(rows);
    }

    /// <summary>Runs the model on what the slot holds.</summary>
    /// <exception cref="RefusedException">Invalid, where the model does not accept the values.</exception>
    public void Run()
    {
        using var span = InferenceTelemetry.Source.StartActivity("inference")?.SetTag("nexus.agent", Agent).SetTag("nexus.version", Version.Number).SetTag("nexus.rows", Rows);
        try
        {
            Slot.Run(Rows);
        }
        catch (RefusedException)
        {
            InferenceTelemetry.Failures.Add(1, Version.AgentTag);
            _service.Journal.AppendFailure(Version.Schema, At);
            throw;
        }
    }

    /// <summary>Writes the decisions to the journal, one a row.</summary>
    /// <returns>Completes when the answer may leave.</returns>
    /// <exception cref="RefusedException">Unavailable, while the journal cannot be written.</exception>
    public Task RecordAsync(in DecisionDetails details)
    {
        FirstId = DecisionIds.First(_service.Time, At);
        var latency = (int)Math.Min(int.MaxValue, _service.Time.GetElapsedTime(_started).TotalMicroseconds);
        _record.ResetWrittenCount();
        AnswerRecord.Write(_record, this, details, FirstId, latency);
        return AppendAsync(_started, Version.AgentTag, InferenceTelemetry.Variant(Variant));
    }

    /// <summary>Counts what the journal has, and as a failure what it refused. Keeps to its arguments once it has waited: the call may be another's by then.</summary>
    private async Task AppendAsync(long started, KeyValuePair<string, object?> agent, KeyValuePair<string, object?> variant)
    {
        using var span = InferenceTelemetry.Source.StartActivity("journal append");
        try
        {
            await _service.Journal.AppendAsync(Version.Schema, System.Runtime.InteropServices.MemoryMarshal.AsMemory(_record.WrittenMemory).Span);
        }
        catch
        {
            InferenceTelemetry.Failures.Add(1, agent);
            throw;
        }

        InferenceTelemetry.Decisions.Record(_service.Time.GetElapsedTime(started).TotalSeconds, agent, variant);
    }

    /// <summary>The class that a row was answered with.</summary>
    /// <param name="text">UTF-8; empty where the model answers no class.</param>
    /// <returns>Its index among the classes; −1 where it is none of them.</returns>
    public int LabelOf(int row, out ReadOnlySpan<byte> text)
    {
        var reading = Version.Session.Reading;
        if (_labels[row] is >= 0 and var known)
        {
            text = reading.Utf8Classes[known];
            return known;
        }

        return _labels[row] = Read(reading, row, out text);
    }

    private int Read(OutputReading reading, int row, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reading.IsValue && reading.Label < 0) return -1;
        if (reading.Label < 0) return Largest(row, out text);
        var output = Slot.Outputs[reading.Label];
        text = output.Port.Datatype == Datatype.Bytes ? output.Text(row) : Number(output, row);
        var classes = reading.Utf8Classes;
        for (var i = 0; i < classes.Length; i++) if (text.SequenceEqual(classes[i])) return i;
        return -1;
    }

    /// <summary>A row's score; not-a-number where the model gives none.</summary>
    internal double ScoreOf(int row, int column)
    {
        if (Scores is not { } scores) return double.NaN;
        var at = (row * Version.Schema.Scores) + column;
        return scores.Port.Datatype switch
        {
            Datatype.FP64 => scores.Values<double>()[at],
            Datatype.FP16 => (double)scores.Values<Half>()[at],
            _ => scores.Values<float>()[at],
        };
    }

    public void Dispose()
    {
        if (_version is null) return;
        if (_slot is not null) _version.Session.Return(_slot);
        _version.Session.Leave();
        (_version, _slot) = (null, null);
        _service.Keep(this);
    }

    internal void Start(ServedAgent agent, ServedVersion version, string variant, byte[] utf8Variant, long started)
    {
        (_version, Agent, PlanRevision, Variant, Utf8Variant, _started) = (version, agent.Name, agent.PlanRevision, variant, utf8Variant, started);
        (Rows, HeaderBytes, At) = (0, 0, _service.Time.GetUtcNow());
        _answer.ResetWrittenCount();
        Json.Reset();
        if (Seen.Length < version.Features.Count) Seen = new bool[version.Features.Count];
        Array.Clear(Seen);
    }

    private int Largest(int row, out ReadOnlySpan<byte> text)
    {
        var best = -1;
        for (var i = 0; i < Version.Schema.Scores; i++) if (best < 0 || ScoreOf(row, i) > ScoreOf(row, best)) best = i;
        text = best < 0 ? default : Version.Session.Reading.Utf8Classes[best];
        return best;
    }

    private ReadOnlySpan<byte> Number(OutputBuffer output, int row)
    {
        var value = output.Port.Datatype switch
        {
            Datatype.Bool or Datatype.UInt8 => output.Values<byte>()[row],
            Datatype.Int8 => output.Values<sbyte>()[row],
            Datatype.UInt16 => output.Values<ushort>()[row],
            Datatype.Int16 => output.Values<short>()[row],
            Datatype.UInt32 => output.Values<uint>()[row],
            Datatype.Int32 => output.Values<int>()[row],
            Datatype.UInt64 => (long)output.Values<ulong>()[row],
            _ => output.Values<long>()[row],
        };
        System.Buffers.Text.Utf8Formatter.TryFormat(value, _number, out var length);
        return _number.AsSpan(0, length);
    }
}
