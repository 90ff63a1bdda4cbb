namespace Nexus.Data.Datasets;

/// <summary>Lines of a file, in a window that slides over it.</summary>
internal sealed class NdjsonLineReader(Stream file)
{
    private const int MaxLineBytes = 16 << 20;
    private byte[] _window = new byte[1 << 20];
    private int _begin;
    private int _length;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Whether the file began with a byte order mark.</summary>
    public bool HasMark { get; private set; }

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Current => _window.AsSpan(_begin, _length).TrimEnd((byte)'\r');

    public bool Read()
    {
        if (Line > 0) _begin = Math.Min(_end, _begin + _length + 1);
        while (true)
        {
            var end = _window.AsSpan(_begin, _end - _begin).IndexOf((byte)'\n');
            if (end < 0 && !_ended)
            {
                Fill();
                continue;
            }

            if (end < 0 && _begin == _end) return false;
            _length = end < 0 ? _end - _begin : end;
            if (Line++ == 0) SkipMark();
            return true;
        }
    }

    /// <summary>A refusal at a byte of the line; its column counts characters from 1.</summary>
    public RefusedException At(long at, string why)
    {
        var column = 1;
        foreach (var b in Current[..(int)Math.Min(at, Current.Length)]) if ((b & 0xC0) != 0x80) column++;
        return Refused.InvalidAt(Math.Max(1, Line), column, why);
    }

    private void SkipMark()
    {
        if (Current is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw At(0, "This is UTF-16; the file must be UTF-8.");
        if (!Current.StartsWith("\uFEFF"u8)) return;
        HasMark = true;
        (_begin, _length) = (_begin + 3, _length - 3);
    }

    private void Fill()
    {
        _window.AsSpan(_begin, _end - _begin).CopyTo(_window);
        (_end, _begin) = (_end - _begin, 0);
        if (_end == _window.Length)
        {
            if (_end >= MaxLineBytes) throw Refused.InvalidAt(Line + 1, 1, $"This line is longer than {MaxLineBytes >> 20} MiB.");
            Array.Resize(ref _window, _window.Length * 2);
        }

        var read = file.Read(_window, _end, _window.Length - _end);
        _ended = read == 0;
        _end += read;
    }
}
