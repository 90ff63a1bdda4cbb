using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using Nexus.Data.Live;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Shell;

/// <summary>
/// Calls the page when one of the topics moves, at most four times a second, until the page goes away:
/// <c>&lt;LiveUpdates Topics="@(["runs"])" Changed="ReloadAsync" /&gt;</c>. Shows nothing.
/// </summary>
public sealed class LiveUpdates : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _gone = new();
    private readonly Channel<bool> _moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<IDisposable> _subscriptions = [];
    private IReadOnlyList<string> _topics = [];

    [Parameter, EditorRequired] public IReadOnlyList<string> Topics { get; set; } = [];
    [Parameter, EditorRequired] public EventCallback Changed { get; set; }
    [Inject] public required LiveEvents Live { get; init; }
    [Inject] public required TimeProvider Time { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        Unsubscribe();
        _gone.Dispose();
    }

    protected override void OnInitialized() => _ = FollowAsync(_gone.Token);

    protected override void OnParametersSet()
    {
        if (Topics.SequenceEqual(_topics)) return;
        Unsubscribe();
        _topics = [.. Topics];
        // What was missed while something was away is read when it is back.
        _subscriptions.AddRange(_topics.Append(SystemHealth.Topic).Distinct().Select(topic => Live.Subscribe(topic, _ => _moved.Writer.TryWrite(true))));
    }

    private async Task ChangeAsync()
    {
        try
        {
            await InvokeAsync(Changed.InvokeAsync);
        }
        catch (Exception outage) when (Outage.Of(outage) is not null)
        {
            // What is shown stays; the banner says that it may be stale.
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        try
        {
            while (await _moved.Reader.WaitToReadAsync(ct))
            {
                _moved.Reader.TryRead(out _);
                await ChangeAsync();
                await Task.Delay(Pause, Time, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The page went away.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private void Unsubscribe()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
        _subscriptions.Clear();
    }
}
