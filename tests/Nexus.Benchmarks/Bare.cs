using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Nexus.Inference.Onnx;

namespace Nexus.Benchmarks;

/// <summary>
/// The floor: Kestrel and ONNX Runtime and what must lie between them, reading the request into bound tensors and writing
/// scores. No routing, no key, no names checked, no log, no journal.
/// </summary>
internal static class Bare
{
    // Between reading and writing nothing waits, so a thread has its tensors to itself: bound once, for each number of rows.
    [ThreadStatic]
    private static Dictionary<int, InferenceSlot>? _slots;

    private static readonly ConcurrentBag<(ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)> Writers = [];

    public static async Task RunAsync(string model, string port)
    {
        var session = ModelSession.Load(model, null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.Run(http => AnswerAsync(http, session));
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext http, ModelSession session)
    {
        var body = http.Request.BodyReader;
        var read = await body.ReadAsync();
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync();
        }

        if (!Writers.TryTake(out var writer)) writer = Writer();
        Answer(read.Buffer, session, writer.Json);
        body.AdvanceTo(read.Buffer.End);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = writer.Buffer.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(writer.Buffer.WrittenMemory);
        writer.Buffer.ResetWrittenCount();
        writer.Json.Reset();
        Writers.Add(writer);
    }

    private static void Answer(in ReadOnlySequence<byte> body, ModelSession session, Utf8JsonWriter json)
    {
        var copy = body.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)body.Length);
        if (copy is not null) body.CopyTo(copy);
        var slot = Read(copy is null ? body.FirstSpan : copy.AsSpan(0, (int)body.Length), session, out var rows);
        if (copy is not null) ArrayPool<byte>.Shared.Return(copy);
        slot.Run(rows);
        Write(json, slot);
    }

    private static InferenceSlot SlotOf(ModelSession session, int rows)
    {
        var slots = _slots ??= [];
        if (slots.TryGetValue(rows, out var bound)) return bound;
        slots[rows] = bound = session.Rent(rows);
        bound.Prepare(rows);
        return bound;
    }

    /// <summary>Every number in the order of the inputs: one each in a decide request, all rows of one after the other in an inference.</summary>
    private static InferenceSlot Read(ReadOnlySpan<byte> json, ModelSession session, out int rows)
    {
        var reader = new Utf8JsonReader(json);
        var (inputs, input, at) = (session.Inputs.Count, 0, 0);
        rows = 1;
        InferenceSlot? slot = null;
        var inData = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("shape"u8))
                {
                    reader.Read();
                    reader.Read();
                    rows = reader.GetInt32();
                    reader.Read();
                    reader.Read();
                    continue;
                }

                inData = reader.ValueTextEquals("data"u8);
            }
            else if (reader.TokenType == JsonTokenType.Number)
            {
                slot ??= SlotOf(session, rows);
                slot.Inputs[input].Values<float>()[at++] = reader.GetSingle();
                if (inData && at < rows) continue;
                (input, at) = ((input + 1) % inputs, 0);
            }
        }

        return slot!;
    }

    private static void Write(Utf8JsonWriter json, InferenceSlot slot)
    {
        json.WriteStartObject();
        json.WriteStartArray("outputs"u8);
        foreach (var output in slot.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, output.Port.Utf8Name);
            json.WriteStartArray("data"u8);
            for (var i = 0; i < output.Count; i++)
            {
                if (output.Port.Datatype == Datatype.Bytes) json.WriteStringValue(output.Text(i));
                else json.WriteNumberValue(output.Values<float>()[i]);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) Writer()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        return (buffer, new Utf8JsonWriter(buffer, new() { SkipValidation = true }));
    }
}
