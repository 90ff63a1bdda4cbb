using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Nexus.Inference.Agents;

/// <summary>Reads the journal's records in order, from where the database has it.</summary>
internal sealed class JournalCursor(DecisionJournal journal, long segment, long offset) : IDisposable
{
    private const int Chunk = 1 << 20;

    // Rows can be of any size, and a batch of them is in memory.
    private const int LargestBatch = 16 * 1024 * 1024;

    private readonly Dictionary<uint, DecisionSchema> _schemas = [];
    private readonly AnswerDecoder _decoder = new();
    private SafeFileHandle? _file;
    private byte[] _buffer = new byte[Chunk];
    private long _bufferAt;
    private int _buffered;

    // How far the segment was whole when it was last asked: that costs the journal's lock.
    private long _written;

    // Schemas stand before what needs them, so a segment is read from its start and what is drained is passed over.
    private long _at = JournalFormat.SegmentHeader;
    private long _skip = offset;

    public long Segment { get; private set; } = segment;

    public long Offset => Math.Max(_at, _skip);

    /// <summary>Whether the last batch ended because it was full.</summary>
    public bool IsFull { get; private set; }

    /// <summary>The next records, to at most about that many rows; empty at the end of what is written. What was given before is not valid any more.</summary>
    public JournalBatch Next(int maxRows)
    {
        _decoder.Begin();
        var decisions = new List<JournaledDecision>();
        var failures = new List<JournaledFailure>();
        while (!(IsFull = decisions.Count + failures.Count >= maxRows || _decoder.DecodedBytes >= LargestBatch))
        {
            if (_file is null && !Open()) break;
            if (TryRead(_written, out var record)) Take(record, decisions, failures);
            else if (journal.Extent(Segment) is var (written, _) && written > _written) _written = written;
            else if (journal.Extent(Segment) is (var all, true) && all <= _written && Advance()) continue;
            else break;
        }

        return new(decisions, failures);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _decoder.Dispose();
    }

    private void Take(ReadOnlyMemory<byte> record, List<JournaledDecision> decisions, List<JournaledFailure> failures)
    {
        var drained = _at <= _skip;
        var number = BinaryPrimitives.ReadUInt32LittleEndian(record.Span[JournalFormat.SchemaNumberAt..]);
        switch (record.Span[0])
        {
            case JournalFormat.SchemaRecord:
                _schemas[number] = JsonSerializer.Deserialize(record.Span[5..], JournalJson.Default.DecisionSchema)!;
                break;
            case JournalFormat.AnswerRecord when !drained:
                _decoder.Answer(_schemas[number], record, decisions);
                break;
            case JournalFormat.FailureRecord when !drained:
                failures.Add(AnswerDecoder.Failure(_schemas[number], record.Span));
                break;
        }
    }

    private bool Open()
    {
        if (!File.Exists(journal.Files.PathOf(Segment))) return Advance();
        _file = File.OpenHandle(journal.Files.PathOf(Segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return true;
    }

    private bool Advance()
    {
        var next = journal.Files.Numbers().FirstOrDefault(number => number > Segment);
        if (next == 0) return false;
        if (_file is not null && _at < _written) journal.SetAside(Segment, _at); // a record in the middle that is not whole
        _file?.Dispose();
        _file = null;
        (Segment, _at, _skip, _bufferAt, _buffered, _written) = (next, JournalFormat.SegmentHeader, 0, 0, 0, 0);
        _schemas.Clear();
        return Open();
    }

    private bool TryRead(long written, out ReadOnlyMemory<byte> record)
    {
        record = default;
        var data = Buffered(JournalFormat.RecordHeader, written);
        var length = JournalFormat.Read(data.Span, out var needed);
        if (length < 0 && needed > data.Length && _at + needed <= written) length = JournalFormat.Read(Buffered(needed, written).Span, out _);
        if (length < 0) return false;
        record = Buffered(needed, written).Slice(JournalFormat.RecordHeader, length);
        _at += JournalFormat.RecordHeader + length;
        return true;
    }

    /// <summary>What is buffered from the current place, read on if that is fewer bytes than needed.</summary>
    private ReadOnlyMemory<byte> Buffered(long needed, long written)
    {
        var from = (int)(_at - _bufferAt);
        if (from > _buffered || _buffered - from < needed)
        {
            if (needed > _buffer.Length) _buffer = new byte[needed];
            (_bufferAt, from) = (_at, 0);
            _buffered = RandomAccess.Read(_file!, _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, Math.Max(0, written - _at))), _at);
        }

        return _buffer.AsMemory(from, _buffered - from);
    }
}
