namespace Nexus.Inference.Agents;

/// <summary>The journal's folder: its id and its segments by number.</summary>
internal sealed class JournalFiles
{
    public const string IdName = "id";
    private const string Extension = ".journal";
    private const string Torn = ".torn";
    private readonly string _folder;

    public JournalFiles(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        var id = Path.Combine(folder, IdName);
        // A folder without an id holds no segment that anybody has drained.
        if (!File.Exists(id) || new FileInfo(id).Length != 32) File.WriteAllText(id, Guid.NewGuid().ToString("N"));
        Id = File.ReadAllText(id);
    }

    /// <summary>By it the database knows how far this journal is drained.</summary>
    public string Id { get; }

    public string PathOf(long number) => Path.Combine(_folder, $"{number:D12}{Extension}");

    /// <summary>Ascending.</summary>
    public IReadOnlyList<long> Numbers() =>
    [
        .. Directory.EnumerateFiles(_folder, $"*{Extension}")
            .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), out var number) ? number : -1)
            .Where(number => number > 0).Order(),
    ];

    /// <summary>0 where there is none.</summary>
    public long First() => Numbers() is [var first, ..] ? first : 0;

    public void Delete(long number) => File.Delete(PathOf(number));

    /// <summary>
    /// Cuts whatever follows the last sound record; what is cut and is not empty space stays beside, with the extension
    /// <c>.torn</c>. A file that never became a segment goes.
    /// </summary>
    /// <returns>The bytes set aside.</returns>
    public long Mend(long number)
    {
        var path = PathOf(number);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = SoundLength(bytes, number);
        var used = bytes.AsSpan(end).LastIndexOfAnyExcept((byte)0) + 1;
        if (used > 0) File.WriteAllBytes(path + Torn, bytes.AsSpan(end, used));
        file.SetLength(end);
        file.Flush(flushToDisk: true);
        if (end <= JournalFormat.SegmentHeader) File.Delete(path);
        return used;
    }

    /// <summary>Copies the rest of a segment, if it is not empty space, to where <see cref="Mend"/> keeps what it cuts.</summary>
    /// <returns>The bytes kept.</returns>
    public long SetAside(long number, long from)
    {
        var path = PathOf(number);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = from;
        var rest = new byte[Math.Max(0, file.Length - from)];
        file.ReadExactly(rest);
        var used = rest.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        if (used > 0) File.WriteAllBytes(path + Torn, rest.AsSpan(0, used));
        return used;
    }

    /// <summary>The length of the part that holds whole, sound records.</summary>
    internal static int SoundLength(ReadOnlySpan<byte> segment, long number)
    {
        if (!JournalFormat.IsSegment(segment, number)) return 0;
        var at = JournalFormat.SegmentHeader;
        while (JournalFormat.Read(segment[at..], out _) is >= 0 and var length) at += JournalFormat.RecordHeader + length;
        return at;
    }
}
