using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Nexus.Data.Datasets;

/// <summary>
/// One pass over newline-delimited JSON: proves every line one object and infers the types. Columns are the members in the order
/// of their first appearance; absent and null are missing; an object or array within is kept as its JSON text.
/// </summary>
internal sealed class NdjsonScanner(DatasetOptions options, IReadOnlyDictionary<string, string> types)
{
    private const int RowsBetweenChecks = 4096;
    private readonly List<(byte[] Key, ColumnTally Tally)> _columns = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<long> _lastRow = [];
    private long _rows;

    /// <exception cref="RefusedException">Invalid with line and column, where the file is broken.</exception>
    public TableScan Scan(Stream file, CancellationToken ct)
    {
        var lines = new NdjsonLineReader(file);
        while (lines.Read())
        {
            if (lines.Current.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0) continue;
            if (++_rows % RowsBetweenChecks == 0) ct.ThrowIfCancellationRequested();
            CheckText(lines);
            try
            {
                ScanLine(lines);
            }
            catch (JsonException broken)
            {
                throw lines.At(broken.BytePositionInLine ?? 0, $"This line is no JSON object: {FirstSentence(broken.Message)}");
            }
        }

        if (_rows == 0) throw Refused.InvalidAt(1, 1, "The file is empty: each line must be a JSON object.");
        if (_columns.Count == 0) throw Refused.InvalidAt(1, 1, "No object has a member: there are no columns.");
        ColumnNames.CheckOverrides(types, _places.Keys);
        return new([.. _columns.Select(c => c.Tally.ToColumn())], _rows, Irregular: lines.HasMark);
    }

    private void ScanLine(NdjsonLineReader lines)
    {
        var json = new Utf8JsonReader(lines.Current);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw lines.At(json.TokenStartIndex, "Each line must be one JSON object { … }.");
        var expected = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var place = Place(lines, ref json, expected);
            expected = place + 1;
            if (_lastRow[place] == _rows) throw lines.At(json.TokenStartIndex, $"The member '{_columns[place].Tally.Name}' is there twice.");
            _lastRow[place] = _rows;
            json.Read();
            Take(lines, ref json, _columns[place].Tally);
        }

        if (json.Read()) throw lines.At(json.TokenStartIndex, "After the object comes something else.");
    }

    /// <summary>The member's column; lines mostly have the same members in the same order, so the next is tried first.</summary>
    private int Place(NdjsonLineReader lines, ref Utf8JsonReader json, int expected)
    {
        if (expected < _columns.Count && json.ValueTextEquals(_columns[expected].Key)) return expected;
        CheckEscapes(lines, ref json);
        var name = json.GetString()!;
        if (_places.TryGetValue(name, out var place)) return place;
        if (name.Trim().Length == 0) throw lines.At(json.TokenStartIndex, "A member has no name.");
        var at = json.TokenStartIndex;
        ColumnNames.Check([.. _places.Keys, name], options.MaxColumns, (_, why) => lines.At(at, why));
        _places.Add(name, _columns.Count);
        _columns.Add((Encoding.UTF8.GetBytes(name), new ColumnTally(name, types.GetValueOrDefault(name))));
        _lastRow.Add(0);
        return _columns.Count - 1;
    }

    private void Take(NdjsonLineReader lines, ref Utf8JsonReader json, ColumnTally column)
    {
        var start = json.TokenStartIndex;
        var fits = true;
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.String:
                CheckEscapes(lines, ref json);
                CheckLength(lines, ref json, column);
                fits = column.TakeText(json.ValueIsEscaped ? Encoding.UTF8.GetBytes(json.GetString()!) : json.ValueSpan);
                break;
            case JsonTokenType.Number:
                if (!Cells.CanBe(json.ValueSpan, ColumnTypes.Number, out _)) throw lines.At(start, "This number is out of range.");
                fits = column.TakeNumber(json.ValueSpan);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                column.Take(CellKinds.Boolean);
                fits = column.Asked is null or ColumnTypes.Boolean or ColumnTypes.Text;
                break;
            default:
                Nested(lines, ref json, column, start);
                fits = column.Asked is null or ColumnTypes.Text;
                break;
        }

        if (!fits) throw lines.At(start, $"'{column.Name}': this value is no {column.Asked}.");
    }

    private void Nested(NdjsonLineReader lines, ref Utf8JsonReader json, ColumnTally column, long start)
    {
        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) CheckEscapes(lines, ref json);
            else if (json.TokenType == JsonTokenType.Number && !Cells.CanBe(json.ValueSpan, ColumnTypes.Number, out _)) throw lines.At(json.TokenStartIndex, "This number is out of range.");
        }

        if (json.BytesConsumed - start > options.MaxTextLength) throw lines.At(start, $"'{column.Name}': this value is longer than {options.MaxTextLength:N0} characters.");
        column.Take(CellKinds.Text);
    }

    private void CheckLength(NdjsonLineReader lines, ref Utf8JsonReader json, ColumnTally column)
    {
        if (json.ValueSpan.Length > options.MaxTextLength && json.GetString()!.Length > options.MaxTextLength)
            throw lines.At(json.TokenStartIndex, $"'{column.Name}': this text is longer than {options.MaxTextLength:N0} characters.");
    }

    /// <summary>Half a surrogate pair and NUL can be escaped in JSON but are no text.</summary>
    private static void CheckEscapes(NdjsonLineReader lines, ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped) return;
        try
        {
            if (!json.GetString()!.Contains('\0', StringComparison.Ordinal)) return;
        }
        catch (InvalidOperationException)
        {
            throw lines.At(json.TokenStartIndex, "This text has half a surrogate pair.");
        }

        throw lines.At(json.TokenStartIndex, "This text has a NUL character.");
    }

    private static void CheckText(NdjsonLineReader lines)
    {
        var line = lines.Current;
        if (Utf8.IsValid(line)) return;
        var bad = 0;
        while (Rune.DecodeFromUtf8(line[bad..], out _, out var used) == System.Buffers.OperationStatus.Done) bad += used;
        throw lines.At(bad, $"The byte 0x{line[bad]:X2} here is not UTF-8.");
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..(end + 1)];
    }
}
