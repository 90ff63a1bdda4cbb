using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

public sealed class TableTurnsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Same_piece_is_worked_out_once_however_many_ask()
    {
        using var turns = new TableTurns(1, Long, Long);
        var (begun, answer) = (0, new TaskCompletionSource<string>());
        var asked = Enumerable.Range(0, 8).Select(_ => turns.WorkAsync("same", _ => { begun++; return answer.Task; }, CancellationToken.None)).ToList();
        answer.SetResult("done");

        (await Task.WhenAll(asked)).ShouldAllBe(text => text == "done");
        begun.ShouldBe(1);
    }

    [Fact]
    public async Task Piece_that_gets_no_turn_is_refused_and_gets_one_when_the_others_are_done()
    {
        using var turns = new TableTurns(1, TimeSpan.FromMilliseconds(50), Long);
        var (begun, answer) = (new TaskCompletionSource(), new TaskCompletionSource<int>());
        var first = turns.WorkAsync("first", _ => { begun.SetResult(); return answer.Task; }, CancellationToken.None);
        await begun.Task;

        (await Should.ThrowAsync<RefusedException>(() => turns.WorkAsync("second", _ => Task.FromResult(2), CancellationToken.None))).Kind.ShouldBe(RefusalKind.TooMany);

        answer.SetResult(1);
        await first;
        (await turns.WorkAsync("second", _ => Task.FromResult(2), CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Piece_that_takes_too_long_ends()
    {
        using var turns = new TableTurns(1, Long, TimeSpan.FromMilliseconds(50));

        (await Should.ThrowAsync<RefusedException>(() => turns.WorkAsync("slow", NeverAsync, CancellationToken.None))).Kind.ShouldBe(RefusalKind.Unavailable);
        (await turns.WorkAsync("quick", _ => Task.FromResult(1), CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Piece_ends_when_the_last_who_waits_goes_away()
    {
        using var turns = new TableTurns(1, Long, Long);
        using var one = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var ended = new TaskCompletionSource();
        async Task<int> WorkAsync(CancellationToken ct)
        {
            using var told = ct.Register(ended.SetResult);
            return await NeverAsync(ct);
        }

        var (first, second) = (turns.WorkAsync("p", WorkAsync, one.Token), turns.WorkAsync("p", WorkAsync, other.Token));
        await one.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        ended.Task.IsCompleted.ShouldBeFalse();
        await other.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        (await turns.WorkAsync("q", _ => Task.FromResult(1), CancellationToken.None)).ShouldBe(1);
    }

    private static async Task<int> NeverAsync(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return 0;
    }
}
