using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Nexus.Inference.Agents;

/// <summary>
/// The thread that brings the journal to the device: a flush blocks for milliseconds, which no thread that answers requests
/// should. With durability Device it flushes as soon as an answer waits; those that come meanwhile share the next flush.
/// </summary>
internal sealed class JournalFlusher(DecisionJournal journal, IOptions<JournalOptions> options) : IHostedService, IDisposable
{
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new(Run) { IsBackground = true, Name = "decision-journal" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Set();
        _thread?.Join();
        return Task.CompletedTask;
    }

    public void Dispose() => _stop.Dispose();

    private void Run()
    {
        var waits = options.Value.Durability == JournalDurability.Device;
        while (!_stop.IsSet)
        {
            try
            {
                if (waits) journal.AwaitRecord(options.Value.FlushMilliseconds);
                else _stop.Wait(options.Value.FlushMilliseconds);
                journal.Flush();
            }
            catch (Exception e)
            {
                journal.Fail(e); // on a thread of its own nobody else would catch it, and the process would end
            }
        }
    }
}
