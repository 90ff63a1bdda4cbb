using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nexus.Data;

namespace Nexus.Inference.Agents;

/// <summary>
/// The local, append-only log of answers. A record stands in the page cache before its answer leaves, so that a killed
/// process loses none, and on the device soon after, or before, as <see cref="JournalOptions.Durability"/> asks.
/// <see cref="JournalDrain"/> brings it into the database.
/// </summary>
public sealed partial class DecisionJournal : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Lock _flushing = new();
    private readonly AutoResetEvent _waiting = new(false);
    private readonly JournalOptions _options;
    private readonly ILogger<DecisionJournal> _logger;
    private readonly TimeProvider _time;
    private readonly string _folder;
    private readonly List<JournalSegment> _finished = [];
    private JournalFiles? _files;
    private JournalSegment? _segment;
    private TaskCompletionSource _flushed = New();
    private long _next = 1;
    private uint _schemas;
    private long _triedAt;
    private bool _dirty;
    private int _awaited;
    private int _flushes;
    private long _backlog;
    private string? _fault;

    public DecisionJournal(IOptions<NexusOptions> nexus, IOptions<JournalOptions> options, TimeProvider time, ILogger<DecisionJournal> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _folder = nexus.Value.PathOf("journal");
    }

    /// <summary>Why answers cannot be recorded now; null while they can.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    /// <summary>On a node that answers, from its start.</summary>
    internal bool IsOpen => _files is not null;

    /// <summary>Answers that wait for the device.</summary>
    internal int Awaited => Volatile.Read(ref _awaited);

    /// <summary>What a device takes its time for; of tests.</summary>
    internal Action? BeforeFlush { get; set; }

    /// <summary>What a device says when a segment is closed; of tests.</summary>
    internal Action? BeforeClose { get; set; }

    internal JournalFiles Files => _files ?? throw new InvalidOperationException("The journal is not open.");

    /// <summary>Mends what a killed process left and begins a new segment. Once, at start.</summary>
    /// <param name="drained">The segment up to which the database has it.</param>
    internal void Open(Func<string, long> drained)
    {
        _files = new(_folder);
        foreach (var number in _files.Numbers())
        {
            _next = number + 1;
            var cut = _files.Mend(number);
            if (cut > 0) Log.Torn(_logger, cut, number);
        }

        // Never a number that the database has passed, and never the end of an old file: a power cut may have taken
        // records whose drained copy survived.
        _next = Math.Max(_next, drained(_files.Id) + 1);
        lock (_gate) TryBegin(0);
    }

    /// <summary>Writes an answer or failure; its schema's number is set here.</summary>
    /// <returns>Completes when the answer may leave.</returns>
    /// <exception cref="RefusedException">Unavailable, while the journal cannot be written, or holds more than the database has taken from it in time.</exception>
    internal Task AppendAsync(DecisionSchema schema, Span<byte> payload)
    {
        lock (_gate)
        {
            if (_awaited >= _options.MaxWaiting) throw Busy();
            if (_backlog > _options.MaxBacklogMegabytes * 1024L * 1024) throw Full();
            if (_segment is null || !_segment.Fits(payload.Length)) Begin(payload.Length);
            Define(schema, payload.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(payload[JournalFormat.SchemaNumberAt..], schema.Mark.Number);
            _segment!.Append(payload);
            _backlog += payload.Length;
            _dirty = true;
            if (_options.Durability != JournalDurability.Device) return Task.CompletedTask;
            _awaited++;
            _waiting.Set();
            return _flushed.Task;
        }
    }

    /// <summary>Writes that the model failed a request; nobody waits for it.</summary>
    internal void AppendFailure(DecisionSchema schema, DateTimeOffset at)
    {
        var failure = new byte[AnswerRecord.FailureBytes];
        AnswerRecord.WriteFailure(failure, at);
        _ = AppendAsync(schema, failure);
    }

    /// <summary>What the database does not have yet, as the drain measured it; what is written after that is added here.</summary>
    internal void SetBacklog(long bytes)
    {
        lock (_gate) _backlog = bytes;
    }

    /// <summary>Keeps, beside the segment, what cannot be read of it.</summary>
    internal void SetAside(long number, long from)
    {
        var bytes = Files.SetAside(number, from);
        if (bytes > 0) Log.Unreadable(_logger, bytes, number);
    }

    /// <summary>Returns when an answer waits for the device, or after that time.</summary>
    internal void AwaitRecord(int milliseconds) => _waiting.WaitOne(milliseconds);

    /// <summary>Brings to the device what was written, and tries again where the journal had failed.</summary>
    internal void Flush()
    {
        lock (_flushing)
        {
            JournalSegment[] segments;
            TaskCompletionSource waiting;
            lock (_gate)
            {
                if (_fault is not null) TryBegin(0);
                if (!_dirty) return;
                (segments, _dirty) = ([.. _finished, .. _segment is null ? [] : new[] { _segment }], false);
                (waiting, _flushed) = (_flushed, New());
                _flushes = _awaited;
            }

            var started = _time.GetTimestamp();
            try
            {
                BeforeFlush?.Invoke();
                foreach (var segment in segments) segment.Flush();
                InferenceTelemetry.Flushes.Record(_time.GetElapsedTime(started).TotalSeconds);
                waiting.SetResult();
            }
            catch (Exception e)
            {
                Fail(e);
                waiting.SetException(Unavailable());
                _ = waiting.Task.Exception;
            }

            lock (_gate)
            {
                _awaited -= _flushes; // those that came meanwhile wait for the next
                _finished.RemoveAll(finished => segments.Contains(finished) && TryClose(finished));
            }
        }
    }

    /// <summary>How far a segment can be read: all before it is whole; the end of the file for one that is finished.</summary>
    internal (long Written, bool Finished) Extent(long number)
    {
        lock (_gate)
        {
            var open = _segment?.Number == number ? _segment : _finished.Find(s => s.Number == number);
            return open is null ? (new FileInfo(Files.PathOf(number)).Length, true) : (open.Written, open != _segment);
        }
    }

    /// <summary>The segment that is written to; 0 while there is none.</summary>
    internal long Current
    {
        get
        {
            lock (_gate) return _segment?.Number ?? 0;
        }
    }

    /// <summary>Flushes and closes; nothing can be written afterwards.</summary>
    public void Dispose()
    {
        Flush();
        lock (_flushing)
            lock (_gate)
            {
                foreach (var finished in _finished) TryClose(finished);
                _finished.Clear();
                if (_segment is not null) TryClose(_segment);
                _segment = null;
                _fault = "The journal is closed.";
                _triedAt = long.MaxValue;
            }

        _waiting.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <returns>False where the device failed: what is written stands, and the next flush tries again.</returns>
    private bool TryClose(JournalSegment segment)
    {
        try
        {
            BeforeClose?.Invoke();
            segment.Dispose();
            return true;
        }
        catch (Exception e)
        {
            if (!segment.IsStuck) Log.NotClosed(_logger, e, segment.Number);
            segment.IsStuck = true;
            return false;
        }
    }

    /// <summary>The schema stands in every segment before the first record that needs it.</summary>
    private void Define(DecisionSchema schema, int payload)
    {
        if (schema.Mark.Segment == _segment!.Number) return;
        var json = JsonSerializer.SerializeToUtf8Bytes(schema, JournalJson.Default.DecisionSchema);
        byte[] record = [JournalFormat.SchemaRecord, 0, 0, 0, 0, .. json];
        if (!_segment.Fits(record.Length + JournalFormat.RecordHeader + payload)) Begin(record.Length + JournalFormat.RecordHeader + payload);
        (schema.Mark.Segment, schema.Mark.Number) = (_segment.Number, ++_schemas);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(JournalFormat.SchemaNumberAt), schema.Mark.Number);
        _segment.Append(record);
    }

    private void Begin(long payload)
    {
        if (_fault is not null && _time.GetElapsedTime(_triedAt) < RetryAfter) throw Unavailable();
        TryBegin(payload);
        if (_fault is not null) throw Unavailable();
    }

    private void TryBegin(long payload)
    {
        if (_triedAt == long.MaxValue) return;
        _triedAt = _time.GetTimestamp();
        try
        {
            var capacity = Math.Max(_options.SegmentMegabytes * 1024L * 1024, payload + 4096);
            Directory.CreateDirectory(_folder);
            var segment = new JournalSegment(Files.PathOf(_next), _next, capacity);
            if (_segment is not null) _finished.Add(_segment);
            (_segment, _next, _schemas) = (segment, _next + 1, 0);
            if (_fault is not null) Log.Recovered(_logger);
            _fault = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
    }

    /// <summary>Refuses decisions until a new segment can be begun.</summary>
    internal void Fail(Exception e)
    {
        lock (_gate)
        {
            if (_fault is null) Log.Failed(_logger, e);
            _fault = e.Message;
            if (_segment is not null) _finished.Add(_segment);
            _segment = null;
        }
    }

    private static RefusedException Unavailable() => Refused.Unavailable("Decisions cannot be recorded at the moment, so none are made. Ask again later.");

    private static RefusedException Busy() => Refused.Unavailable("More decisions wait for the disk than may. Ask again later.");

    private static RefusedException Full() => Refused.Unavailable("More decisions wait for the database than may. Ask again later.");

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "Cut {Bytes} bytes that were half written from the end of journal segment {Segment}; they are kept beside it")]
        public static partial void Torn(ILogger logger, long bytes, long segment);

        [LoggerMessage(301, LogLevel.Error, "The decision journal cannot be written; decisions are refused until it can")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(302, LogLevel.Information, "The decision journal can be written again")]
        public static partial void Recovered(ILogger logger);

        [LoggerMessage(303, LogLevel.Error, "{Bytes} bytes of journal segment {Segment} cannot be read: their decisions are not in the database; they are kept beside it")]
        public static partial void Unreadable(ILogger logger, long bytes, long segment);

        [LoggerMessage(304, LogLevel.Error, "Journal segment {Segment} could not be closed; it is tried again")]
        public static partial void NotClosed(ILogger logger, Exception exception, long segment);
    }
}
