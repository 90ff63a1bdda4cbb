using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// What a step tells while it runs. Lines, points and progress are gathered and written every 250 ms in one transaction, in the
/// order of arrival, under the run's lease, and then published.
/// </summary>
internal sealed class StepRecorder : IAsyncDisposable
{
    private const int MaxLine = 16 * 1024;
    private const int MaxLogCharacters = 16 * 1024 * 1024;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly IDbContextFactory<NexusDb> _contexts;
    private readonly LiveEvents _live;
    private readonly TimeProvider _time;
    private readonly Run _run;
    private readonly RunStep _step;
    private readonly int _attempt;
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Task _loop;
    private readonly Lock _lock = new();
    private StringBuilder _log = new();
    private List<RunMetric> _points = [];
    private (double? Fraction, string Text)? _progress;
    private int _logged;
    private bool _closed;

    public StepRecorder(IDbContextFactory<NexusDb> contexts, LiveEvents live, TimeProvider time, Run run, RunStep step)
    {
        (_contexts, _live, _time, _run, _step, _attempt) = (contexts, live, time, run, step, step.Attempt);
        _loop = LoopAsync();
    }

    /// <summary>The run's results as the step told them; kept with its end, if that is a failure.</summary>
    public IReadOnlyDictionary<string, MetricEstimate> Results { get; set; } = new Dictionary<string, MetricEstimate>();

    public void Log(string line)
    {
        lock (_lock)
        {
            if (_closed || _logged > MaxLogCharacters) return;
            var at = _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            foreach (var part in line.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            {
                var cut = part.Length <= MaxLine ? part : part[..MaxLine] + "…";
                _logged += cut.Length + at.Length + 2;
                _log.Append(at).Append(' ').Append(cut).Append('\n');
            }

            if (_logged > MaxLogCharacters) _log.Append(at).Append(" The log is full; what follows is left out.\n");
        }
    }

    /// <param name="key">The step's name is put before it, so that steps never share a curve.</param>
    public void Metric(string key, double value, long step)
    {
        if (!double.IsFinite(value))
        {
            Log($"{key} is {value.ToString(CultureInfo.InvariantCulture)} at step {step}; the point is left out.");
            return;
        }

        var name = $"{_step.Name}/{key}";
        if (name.Length > 250) name = name[..250];
        lock (_lock)
        {
            if (!_closed) _points.Add(new() { RunId = _step.RunId, Key = name, Value = value, Step = step, At = _time.GetUtcNow() });
        }
    }

    public void Progress(double? fraction, string text)
    {
        lock (_lock)
        {
            if (!_closed) _progress = (fraction is { } f && double.IsFinite(f) ? Math.Clamp(f, 0, 1) : null, text.Length <= 200 ? text : text[..200]);
        }
    }

    /// <summary>Writes what is left and takes nothing more: an abandoned step may still talk.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        await FlushAsync();
        lock (_lock) _closed = true;
        _end.Dispose();
        _writing.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token)) await FlushAsync();
        }
        catch (OperationCanceledException)
        {
            // The step has ended.
        }
    }

    private async Task FlushAsync()
    {
        await _writing.WaitAsync();
        try
        {
            string log;
            List<RunMetric> points;
            (double? Fraction, string Text)? progress;
            lock (_lock)
            {
                (log, points, progress) = (_log.ToString(), _points, _progress);
                (_log, _points, _progress) = (new(), [], null);
            }

            if (log.Length == 0 && points.Count == 0 && progress is null) return;
            try
            {
                Publish(await WriteAsync(log, points, progress), log, points, progress);
            }
            catch (LeaseLostException)
            {
                lock (_lock) _closed = true; // it is the other worker's step now; this one's engine hears of it by itself
            }
            catch (Exception) when (!_end.IsCancellationRequested)
            {
                // The database may answer again by the next time; at the end the failure is the step's.
                lock (_lock)
                {
                    _log.Insert(0, log);
                    _points.InsertRange(0, points);
                    _progress ??= progress;
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<long> WriteAsync(string log, List<RunMetric> points, (double? Fraction, string Text)? progress)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await RunLease.FenceAsync(db, _run, CancellationToken.None);
        var chunk = log.Length == 0 ? null : new StepLogChunk { StepId = _step.Id, Attempt = _attempt, At = _time.GetUtcNow(), Text = log };
        if (chunk is not null) db.StepLogChunks.Add(chunk);
        if (points.Count > 0) await db.Provider.InsertAsync(db, points, CancellationToken.None);
        await UpsertLatestAsync(db, points);
        await db.SaveChangesAsync();
        if (progress is { } now)
            await db.RunSteps.Where(s => s.Id == _step.Id && s.Attempt == _attempt && s.Status == StepStatus.Running)
                .ExecuteUpdateAsync(step => step.SetProperty(s => s.Progress, now.Fraction).SetProperty(s => s.ProgressText, now.Text));
        await transaction.CommitAsync();
        return chunk?.Id ?? 0;
    }

    private async Task UpsertLatestAsync(NexusDb db, List<RunMetric> points)
    {
        if (points.Count == 0) return;
        var last = points.GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.Last());
        var known = await db.RunLatestMetrics.Where(m => m.RunId == _step.RunId && last.Keys.Contains(m.Key)).ToDictionaryAsync(m => m.Key);
        foreach (var (key, point) in last)
        {
            if (known.TryGetValue(key, out var latest)) (latest.Value, latest.Step, latest.At) = (point.Value, point.Step, point.At);
            else db.RunLatestMetrics.Add(new() { RunId = _step.RunId, Key = key, Value = point.Value, Step = point.Step, At = point.At });
        }
    }

    private void Publish(long chunk, string log, List<RunMetric> points, (double? Fraction, string Text)? progress)
    {
        var topic = $"run:{_step.RunId}";
        if (log.Length > 0) _live.Publish(topic, "log", new { step = _step.Name, attempt = _attempt, id = chunk, text = log });
        foreach (var metric in points.GroupBy(p => p.Key))
            _live.Publish(topic, "metric", new { key = metric.Key, points = metric.Select(p => new MetricPoint(p.Step, p.Value, p.At)).ToArray() });
        if (progress is { } now)
        {
            var elapsed = (_time.GetUtcNow() - (_step.StartedAt ?? _time.GetUtcNow())).TotalSeconds;
            double? remaining = now.Fraction is { } done and > 0.02 ? Math.Round(elapsed * (1 - done) / done, 1) : null;
            _live.Publish(topic, "progress", new { step = _step.Name, fraction = now.Fraction, text = now.Text, remainingSeconds = remaining });
        }
    }
}
