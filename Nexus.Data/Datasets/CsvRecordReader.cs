using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Nexus.Data.Datasets;

/// <summary>
/// Reads RFC 4180 records from UTF-8 bytes in a window that slides over the file, and knows where each stands. Strict where
/// guessing could shift fields: a quoted field must close and be followed by a delimiter or line end. Lines end in LF, CRLF or CR.
/// </summary>
internal sealed class CsvRecordReader(Stream file, int maxFields, int maxTextLength)
{
    private const int FirstWindow = 1 << 20;
    private const int MaxRecordBytes = 16 << 20;
    private readonly List<(int Start, int Length, bool Quoted)> _fields = [];
    private byte[] _window = new byte[FirstWindow];
    private int _begin;
    private int _end;
    private int _next;
    private SearchValues<byte> _ends = SearchValues.Create(",\n\r\""u8);
    private bool _ended;
    private bool _started;
    private long _linesInside;
    private int _lineEnds;

    public byte Delimiter { get; private set; } = (byte)',';

    /// <summary>The line on which the record begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    public int Count => _fields.Count;

    /// <summary>A quote inside an unquoted field, or line ends of several kinds, were met.</summary>
    public bool Irregular { get; private set; }

    /// <summary>An empty line.</summary>
    public bool IsBlank => Count == 1 && _fields[0] is { Length: 0, Quoted: false };

    public bool IsQuoted(int field) => _fields[field].Quoted;

    /// <summary>The bytes between the delimiters or quotes; doubled quotes still doubled.</summary>
    public ReadOnlySpan<byte> Raw(int field) => _window.AsSpan(_begin + _fields[field].Start, _fields[field].Length);

    public string Text(int field)
    {
        var text = Encoding.UTF8.GetString(Raw(field));
        return _fields[field].Quoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>Goes to the next record; false at the end.</summary>
    /// <exception cref="RefusedException">Invalid with line and column, where the file is broken.</exception>
    public bool Read()
    {
        if (!_started) Start();
        else Line += _linesInside + 1;
        _begin = _next;
        while (true)
        {
            if (_begin == _end && !Fill()) return false;
            if (TryParse(out var length))
            {
                _next = _begin + length;
                CheckText(_window.AsSpan(_begin, length));
                return true;
            }

            Fill();
        }
    }

    /// <summary>A refusal at the field's first character, or behind the last field where there is no such field.</summary>
    public RefusedException At(int field, string why)
    {
        var (start, length, quoted) = _fields[Math.Min(field, Count - 1)];
        return AtByte(field < Count ? start - (quoted ? 1 : 0) : start + length + (quoted ? 1 : 0), why);
    }

    private void Start()
    {
        _started = true;
        while (_end < _window.Length && Fill()) { }
        var head = _window.AsSpan(0, _end);
        if (head.StartsWith("\uFEFF"u8)) _next = 3;
        else if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw AtByte(0, "This is UTF-16; the file must be UTF-8.");
        Delimiter = DetectDelimiter(head[_next..]);
        _ends = SearchValues.Create([Delimiter, (byte)'\n', (byte)'\r', (byte)'"']);
    }

    /// <summary>The one that the first record has most of, outside quotes; the comma in doubt.</summary>
    private static byte DetectDelimiter(ReadOnlySpan<byte> head)
    {
        Span<int> counts = stackalloc int[4];
        var quoted = false;
        foreach (var c in head)
        {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c is (byte)'\n' or (byte)'\r') break;
            var which = ",;\t|"u8.IndexOf(c);
            if (which >= 0) counts[which]++;
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++) if (counts[i] > counts[best]) best = i;
        return ",;\t|"u8[best];
    }

    private bool TryParse(out int length)
    {
        var window = _window.AsSpan(_begin, _end - _begin);
        (length, _linesInside) = (0, 0);
        _fields.Clear();
        var at = 0;
        while (true)
        {
            var quoted = at < window.Length && window[at] == '"';
            if (!(quoted ? TryQuoted(window, ref at) : TryPlain(window, ref at))) return false;
            if (_fields.Count > maxFields + 1) throw AtByte(_fields[maxFields].Start, $"There are more than {maxFields:N0} columns.");
            if (at == window.Length)
            {
                if (!_ended) return false;
                break;
            }

            var c = window[at++];
            if (c == Delimiter) continue;
            if (c == '\r')
            {
                if (at == window.Length && !_ended) return false;
                if (at < window.Length && window[at] == '\n') (at, _lineEnds) = (at + 1, _lineEnds | 2);
                else _lineEnds |= 4;
            }
            else
            {
                _lineEnds |= 1;
            }

            Irregular |= (_lineEnds & (_lineEnds - 1)) != 0;
            break;
        }

        length = at;
        return true;
    }

    private bool TryPlain(ReadOnlySpan<byte> window, ref int at)
    {
        var start = at;
        while (true)
        {
            var next = window[at..].IndexOfAny(_ends);
            if (next < 0 && !_ended) return false;
            at = next < 0 ? window.Length : at + next;
            if (next < 0 || window[at] != '"') break;
            Irregular = true;
            at++;
        }

        _fields.Add((start, at - start, false));
        return true;
    }

    private bool TryQuoted(ReadOnlySpan<byte> window, ref int at)
    {
        var start = at + 1;
        var i = start;
        while (true)
        {
            var quote = window[i..].IndexOf((byte)'"');
            if (quote < 0 && window.Length - start > 5L * maxTextLength)
                throw AtByte(at, $"The quoted field that opens here is longer than {maxTextLength:N0} characters, or never closes.");
            if (quote < 0) return !_ended ? false : throw AtByte(at, "The quoted field that opens here never closes.");
            i += quote + 1;
            if (i == window.Length && !_ended) return false;
            if (i == window.Length || window[i] != '"') break;
            i++;
        }

        if (i < window.Length && window[i] != Delimiter && window[i] is not ((byte)'\n' or (byte)'\r'))
            throw AtByte(i, $"After the closing quote of field {_fields.Count + 1} comes neither a delimiter nor a line end.");
        _linesInside += Lines(window[start..(i - 1)]);
        _fields.Add((start, i - 1 - start, true));
        at = i;
        return true;
    }

    /// <summary>Line ends of all three kinds.</summary>
    private static long Lines(ReadOnlySpan<byte> text)
    {
        long lines = 0;
        int end;
        while ((end = text.IndexOfAny((byte)'\n', (byte)'\r')) >= 0)
        {
            lines++;
            text = text[end..].StartsWith("\r\n"u8) ? text[(end + 2)..] : text[(end + 1)..];
        }

        return lines;
    }

    private void CheckText(ReadOnlySpan<byte> record)
    {
        if (!Utf8.IsValid(record))
        {
            var bad = 0;
            while (Rune.DecodeFromUtf8(record[bad..], out _, out var used) == OperationStatus.Done) bad += used;
            throw AtByte(bad, $"The byte 0x{record[bad]:X2} here is not UTF-8.");
        }

        var nul = record.IndexOf((byte)0);
        if (nul >= 0) throw AtByte(nul, "There is a NUL byte here: this is no text file.");
    }

    private RefusedException AtByte(int at, string why)
    {
        var before = _window.AsSpan(_begin, Math.Min(at, _end - _begin));
        var line = Line + Lines(before);
        var lineStart = before.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        // Characters are code points: every byte but the continuation bytes begins one.
        var column = 1;
        foreach (var b in before[lineStart..]) if ((b & 0xC0) != 0x80) column++;
        return Refused.InvalidAt((int)Math.Min(line, int.MaxValue), column, why);
    }

    /// <summary>Slides the record to the window's front, widens the window if it is full, and reads on; false at the file's end.</summary>
    private bool Fill()
    {
        if (_begin > 0)
        {
            _window.AsSpan(_begin, _end - _begin).CopyTo(_window);
            (_end, _begin) = (_end - _begin, 0);
        }

        if (_end == _window.Length)
        {
            if (_window.Length >= MaxRecordBytes) throw AtByte(0, $"This row is longer than {MaxRecordBytes >> 20} MiB.");
            Array.Resize(ref _window, _window.Length * 2);
        }

        var read = file.Read(_window, _end, _window.Length - _end);
        _ended |= read == 0;
        _end += read;
        return read > 0;
    }
}
