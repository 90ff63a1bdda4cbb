using System.Collections.Concurrent;
using Nexus.Jobs.Pipelines;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>Steps that come and wait until they are let go.</summary>
internal sealed class Meeting
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _came = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gone = new();
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string[] _expected;

    public Meeting(FakeComponent component, string[] expected, Func<StepContext, string>? naming = null)
    {
        _expected = expected;
        component.Work = async (step, ct) =>
        {
            var name = naming?.Invoke(step) ?? step.Step;
            step.Log($"{name} is here");
            Of(_came, name).TrySetResult();
            await Task.WhenAny(Of(_gone, name).Task, _all.Task).WaitAsync(ct);
            return Then.GetValueOrDefault(name)?.Invoke(step) ?? component.Output(step);
        };
    }

    /// <summary>What a step does once it is let go; else it answers.</summary>
    public ConcurrentDictionary<string, Func<StepContext, StepOutput>> Then { get; } = new();

    public Task AllCame => CameAsync(_expected);

    public IEnumerable<string> Waiting => _came.Keys;

    public Task CameAsync(params string[] names) => Task.WhenAll(names.Select(n => Of(_came, n).Task)).WaitAsync(TimeSpan.FromSeconds(60));

    public void Release(params string[] names)
    {
        foreach (var name in names) Of(_gone, name).TrySetResult();
        if (names.Length == 0) _all.TrySetResult();
    }

    private static TaskCompletionSource Of(ConcurrentDictionary<string, TaskCompletionSource> all, string name) =>
        all.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
