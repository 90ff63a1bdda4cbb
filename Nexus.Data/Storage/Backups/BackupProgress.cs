using System.Diagnostics;
using System.Globalization;

namespace Nexus.Data.Storage.Backups;

/// <summary>Tells an operator how far it is: every few seconds, and at the end of each part.</summary>
public sealed class BackupProgress(Action<string> line)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Stopwatch _said = Stopwatch.StartNew();
    private long _files;
    private long _bytes;

    public void Add(string part, long bytes)
    {
        (_files, _bytes) = (_files + 1, _bytes + bytes);
        if (_said.Elapsed < Pause) return;
        Write(part, "…");
        _said.Restart();
    }

    /// <summary>The part has ended.</summary>
    public void Say(string part)
    {
        Write(part, "");
        (_files, _bytes) = (0, 0);
        _said.Restart();
    }

    public void Line(string text) => line(text);

    private void Write(string part, string end) =>
        line(string.Create(CultureInfo.InvariantCulture, $"{part}: {_files:N0} files, {_bytes / 1048576.0:N1} MiB{end}"));
}
