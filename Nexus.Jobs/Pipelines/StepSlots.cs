using Microsoft.Extensions.Options;

namespace Nexus.Jobs.Pipelines;

/// <summary>
/// How many steps work at once on this node, over all its runs. A run that works on none may always begin one: runs never wait for
/// each other.
/// </summary>
internal sealed class StepSlots(IOptions<JobsOptions> options)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _freed = New();
    private int _taken;

    /// <summary>Ends when a slot is freed next; take it before <see cref="TryTake"/>, so that none is missed.</summary>
    public Task Freed
    {
        get
        {
            lock (_lock) return _freed.Task;
        }
    }

    /// <param name="alone">The run works on no other step.</param>
    public bool TryTake(bool alone)
    {
        lock (_lock)
        {
            if (!alone && _taken >= options.Value.EffectiveStepsAtOnce) return false;
            _taken++;
            return true;
        }
    }

    public void Free()
    {
        TaskCompletionSource freed;
        lock (_lock)
        {
            _taken--;
            (freed, _freed) = (_freed, New());
        }

        freed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
