using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Nexus.Data;
using Nexus.Inference.Agents;
using Nexus.Inference.Onnx;

namespace Nexus.Web.Agents;

/// <summary>Reads an inference request straight into the model's tensors. Members may come in any order.</summary>
internal ref struct OipRequestReader(ReadOnlySpan<byte> json, ReadOnlySpan<byte> binary, InferenceCall call)
{
    /// <summary>Rows of one request.</summary>
    public const int MaxRows = 65_536;

    /// <summary>Elements of one tensor; the body's limit allows no more.</summary>
    private const int MaxElements = RequestBody.MaxBytes;
    private const int MaxRank = 8;

    private readonly ReadOnlySpan<byte> _json = json;
    private ReadOnlySpan<byte> _binary = binary;
    private ReadOnlySpan<byte> _unit;
    private ReadOnlySpan<byte> _subject;
    private bool _hasUnit;
    private bool _hasSubject;
    private int _likely;
    private string? _firstName;

    /// <summary>The id as it was written, quotes included; empty where none was given.</summary>
    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>Whether outputs that say nothing else go out in binary.</summary>
    public bool BinaryOutput { get; private set; }

    /// <summary>The outputs asked for, and whether in binary where they say so; null for all.</summary>
    public List<(int Output, bool? Binary)>? Outputs { get; private set; }

    public readonly DecisionDetails Details => new() { Unit = _unit, HasUnit = _hasUnit, Subject = _subject, HasSubject = _hasSubject };

    public void Read()
    {
        if (!Utf8.IsValid(_json)) throw Refused.Malformed("The request is not UTF-8.");
        try
        {
            ReadMembers();
        }
        catch (JsonException e)
        {
            throw Refused.Malformed($"The request is not JSON: {e.Message}");
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw Refused.Malformed("The request is not of the protocol: a member has another kind than it should.");
        }
    }

    private void ReadMembers()
    {
        var reader = new Utf8JsonReader(_json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw Refused.Malformed("The request is a JSON object with inputs.");
        var inputs = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("inputs"u8)) inputs = ReadInputs(ref reader);
            else if (reader.ValueTextEquals("id"u8)) ReadId(ref reader);
            else if (reader.ValueTextEquals("parameters"u8)) ReadParameters(ref reader);
            else if (reader.ValueTextEquals("outputs"u8)) ReadOutputs(ref reader);
            else reader.Skip();
        }

        if (reader.Read()) throw Refused.Malformed("Something follows the JSON object.");
        if (!inputs) throw Refused.Malformed("inputs is missing: an array of tensors.");
        for (var i = 0; i < call.Version.Session.Inputs.Count; i++)
        {
            if (!call.Seen[i]) throw Bad(call.Version.Session.Inputs[i], "is missing");
        }

        if (!_binary.IsEmpty) throw Refused.Malformed($"{_binary.Length} bytes follow the last binary tensor.");
    }

    private void ReadId(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.String) throw Refused.Malformed("id is a text.");
        if (reader.ValueIsEscaped) _ = reader.GetString(); // What cannot be a text is refused here, and not sent back.
        Id = _json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
    }

    private void ReadParameters(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartObject) throw Refused.Malformed("parameters is an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("binary_data_output"u8)) BinaryOutput = Truth(ref reader, "binary_data_output");
            else if (reader.ValueTextEquals("unit"u8)) _unit = Text(ref reader, "unit", out _hasUnit);
            else if (reader.ValueTextEquals("subject"u8)) _subject = Text(ref reader, "subject", out _hasSubject);
            else reader.Skip();
        }
    }

    private void ReadOutputs(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw Refused.Malformed("outputs is an array of objects with a name.");
        Outputs = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var (output, asBinary) = (-1, (bool?)null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("name"u8))
                {
                    reader.Read();
                    output = OutputNamed(reader.GetString());
                }
                else if (reader.ValueTextEquals("parameters"u8)) asBinary = BinaryParameter(ref reader);
                else reader.Skip();
            }

            if (output < 0) throw Refused.Malformed("An output has no name.");
            Outputs.Add((output, asBinary));
        }

        if (reader.TokenType != JsonTokenType.EndArray) throw Refused.Malformed("An output is an object.");
        // An empty list is as good as none.
        if (Outputs.Count == 0) Outputs = null;
    }

    private readonly int OutputNamed(string? name)
    {
        var outputs = call.Version.Session.Outputs;
        for (var i = 0; i < outputs.Count; i++) if (outputs[i].Name == name) return i;
        throw Refused.Malformed($"The model has no output '{name}'; it has {string.Join(", ", outputs.Select(o => $"'{o.Name}'"))}.");
    }

    private bool ReadInputs(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw Refused.Malformed("inputs is an array of tensors.");
        Span<long> shape = stackalloc long[MaxRank];
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) ReadInput(ref reader, shape);
        return reader.TokenType == JsonTokenType.EndArray ? true : throw Refused.Malformed("An input is an object.");
    }

    private void ReadInput(scoped ref Utf8JsonReader reader, scoped Span<long> shape)
    {
        var (input, rank, bytes) = (-1, -1, -1L);
        Datatype? type = null;
        InputBuffer? buffer = null;
        var (hasData, filled) = (false, false);
        var data = default(Utf8JsonReader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8)) input = InputNamed(ref reader);
            else if (reader.ValueTextEquals("shape"u8)) rank = Shape(ref reader, shape);
            else if (reader.ValueTextEquals("datatype"u8)) type = Type(ref reader);
            else if (reader.ValueTextEquals("parameters"u8)) bytes = BinarySize(ref reader);
            else if (reader.ValueTextEquals("data"u8))
            {
                hasData = true;
                reader.Read();
                if (input >= 0 && rank >= 0 && type is { } known)
                {
                    buffer = Take(input, shape[..rank], known);
                    OipTensorReader.ReadJson(ref reader, buffer);
                    filled = true;
                }
                else
                {
                    // Its description comes after it: come back.
                    data = reader;
                    reader.Skip();
                }
            }
            else reader.Skip();
        }

        if (input < 0) throw Refused.Malformed("An input has no name.");
        var port = call.Version.Session.Inputs[input];
        if (rank < 0) throw Bad(port, "has no shape");
        if (type is not { } datatype) throw Bad(port, "has no datatype");
        if (hasData == bytes >= 0) throw Bad(port, hasData ? "has data and binary_data_size" : "has no data");
        buffer ??= Take(input, shape[..rank], datatype);
        if (hasData && !filled) OipTensorReader.ReadJson(ref data, buffer);
        if (!hasData) OipTensorReader.ReadBinary(ref _binary, bytes, buffer);
    }

    /// <summary>Checks a tensor's description against the model and takes memory for it.</summary>
    private InputBuffer Take(int input, scoped ReadOnlySpan<long> shape, Datatype type)
    {
        var port = call.Version.Session.Inputs[input];
        if (call.Seen[input]) throw Bad(port, "is given twice");
        call.Seen[input] = true;
        if (type != port.Datatype) throw Bad(port, $"has datatype {type.Name()}, the model takes {port.Datatype.Name()}");
        if (!port.Accepts(shape)) throw Bad(port, $"has shape {TensorPort.Text(shape)}, the model takes {TensorPort.Text(port.Shape)}");
        var elements = 1L;
        foreach (var dimension in shape) elements = Math.Min(MaxElements + 1L, elements * Math.Min(dimension, MaxElements + 1L));
        if (elements > MaxElements) throw Bad(port, $"has shape {TensorPort.Text(shape)}, which is more than {MaxElements:N0} elements");
        var rows = port.HasRows ? (int)shape[0] : 1;
        if (rows is 0 or > MaxRows) throw Bad(port, $"has shape {TensorPort.Text(shape)}; rows are 1 to {MaxRows:N0}");
        if (_firstName is null)
        {
            _firstName = port.Name;
            call.Begin(rows);
        }
        else if (rows != call.Rows)
        {
            throw Bad(port, $"has shape {TensorPort.Text(shape)}, which is {rows} rows, while tensor '{_firstName}' has {call.Rows}");
        }

        return call.Slot.Prepare(input, shape);
    }

    private int InputNamed(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String) throw Refused.Malformed("An input's name is a text.");
        var input = call.Version.IndexOf(reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan, _likely);
        if (input < 0) throw Refused.Malformed($"The model has no input tensor '{reader.GetString()}'; it has {string.Join(", ", call.Version.Session.Inputs.Take(50).Select(i => $"'{i.Name}'"))}.");
        _likely = input + 1;
        return input;
    }

    private static int Shape(scoped ref Utf8JsonReader reader, scoped Span<long> shape)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw Refused.Malformed("shape is an array of integers.");
        var rank = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            if (rank == MaxRank) throw Refused.Malformed($"A shape has at most {MaxRank} dimensions.");
            if (!reader.TryGetInt64(out var dimension) || dimension < 0) throw Refused.Malformed("A dimension is an integer from 0 on.");
            shape[rank++] = dimension;
        }

        return reader.TokenType == JsonTokenType.EndArray ? rank : throw Refused.Malformed("shape is an array of integers.");
    }

    private static Datatype Type(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.ValueTextEquals("FP32"u8) ? Datatype.FP32
            : Datatypes.Parse(reader.GetString()) ?? throw Refused.Malformed($"'{reader.GetString()}' is not a datatype of the protocol.");
    }

    private static long BinarySize(scoped ref Utf8JsonReader reader)
    {
        var size = -1L;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw Refused.Malformed("A tensor's parameters are an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("binary_data_size"u8)) reader.Skip();
            else if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out size) || size < 0)
                throw Refused.Malformed("binary_data_size is an integer from 0 on.");
        }

        return size;
    }

    private static bool? BinaryParameter(scoped ref Utf8JsonReader reader)
    {
        bool? asBinary = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw Refused.Malformed("An output's parameters are an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("binary_data"u8)) asBinary = Truth(ref reader, "binary_data");
            else reader.Skip();
        }

        return asBinary;
    }

    private static bool Truth(scoped ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Refused.Malformed($"{name} is true or false.");
    }

    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader, string name, out bool given)
    {
        reader.Read();
        given = reader.TokenType != JsonTokenType.Null;
        if (!given) return default;
        if (reader.TokenType != JsonTokenType.String) throw Refused.Malformed($"parameters.{name} is a text.");
        var utf8 = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        return Encoding.UTF8.GetCharCount(utf8) <= DecisionDetails.MaxText
            ? utf8
            : throw Refused.Malformed($"parameters.{name} has at most {DecisionDetails.MaxText} characters.");
    }

    private static RefusedException Bad(TensorPort port, string why) => Refused.Malformed($"The input tensor '{port.Name}' {why}.");
}
