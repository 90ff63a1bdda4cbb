using Nexus.Data.Datasets;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Datasets;

public sealed class ImportTurnTests
{
    [Fact]
    public async Task Work_that_takes_longer_than_its_file_is_given_ends_and_lets_the_next_one_in()
    {
        using var turns = new SemaphoreSlim(0);
        using (var turn = new ImportTurn(turns, TimeSpan.FromMilliseconds(50)))
        {
            var refused = await Should.ThrowAsync<RefusedException>(() => turn.WorkAsync<int>(NeverAsync, TestContext.Current.CancellationToken));
            refused.Kind.ShouldBe(RefusalKind.TooLarge);
        }

        turns.CurrentCount.ShouldBe(1);
    }

    [Fact]
    public async Task Caller_that_goes_away_is_not_told_that_its_file_is_too_large()
    {
        using var turns = new SemaphoreSlim(0);
        using var turn = new ImportTurn(turns, TimeSpan.FromHours(1));
        using var gone = new CancellationTokenSource();
        var work = turn.WorkAsync<int>(NeverAsync, gone.Token);

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => work);
    }

    private static async Task<int> NeverAsync(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return 0;
    }
}
