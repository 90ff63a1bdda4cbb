using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Nexus.Inference.Agents;

/// <summary>
/// The segment that is written to: a file whose space is reserved at once and mapped into memory, so that appending is a
/// copy into the page cache, without a call to the system. What is copied outlives the process.
/// </summary>
internal sealed unsafe class JournalSegment : IDisposable
{
    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private long _written;
    private bool _mapped;

    /// <exception cref="IOException">There is no room, or the folder cannot be written to.</exception>
    public JournalSegment(string path, long number, long capacity)
    {
        (Path, Number, Capacity) = (path, number, capacity);
        // Space is reserved here, so that a full disk is an exception now and not a fault at some store to memory.
        _file = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            PreallocationSize = capacity,
        });
        try
        {
            _file.SetLength(capacity);
            _map = MemoryMappedFile.CreateFromFile(_file, null, capacity, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, capacity, MemoryMappedFileAccess.ReadWrite);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }
        catch
        {
            _view?.Dispose();
            _map?.Dispose();
            _file.Dispose();
            File.Delete(path);
            throw;
        }

        _mapped = true;
        JournalFormat.WriteSegmentHeader(new(_start, JournalFormat.SegmentHeader), number);
        _written = JournalFormat.SegmentHeader;
    }

    public string Path { get; }

    public long Number { get; }

    public long Capacity { get; }

    /// <summary>All before it is whole.</summary>
    public long Written => Volatile.Read(ref _written);

    public SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>It could not be closed once; that was told.</summary>
    public bool IsStuck { get; set; }

    public bool Fits(long payload) => _written + JournalFormat.RecordHeader + payload <= Capacity;

    /// <summary>One caller at a time.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        var size = JournalFormat.RecordHeader + payload.Length;
        JournalFormat.WriteRecord(new(_start + _written, size), payload);
        Volatile.Write(ref _written, _written + size);
    }

    /// <summary>To the device.</summary>
    /// <exception cref="IOException">The device failed.</exception>
    public void Flush()
    {
        // Linux has one cache for files and what is mapped of them: flushing the file flushes both.
        if (_mapped && !OperatingSystem.IsLinux()) _view.Flush();
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Gives back the space that was not used. Where that fails, it may be tried again.</summary>
    /// <exception cref="IOException">The device failed.</exception>
    public void Dispose()
    {
        if (_mapped)
        {
            _mapped = false;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
        }

        _file.SetLength(_written);
        _file.Dispose();
    }
}
