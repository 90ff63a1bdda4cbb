using Nexus.Data;
using Nexus.Inference.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Agents;

/// <summary>A device that takes its time: answers wait for it, but no more than may.</summary>
public sealed class SlowDeviceTests
{
    [Fact]
    public async Task Answers_beyond_those_that_may_wait_are_refused_and_those_that_wait_get_theirs()
    {
        using var folder = new JournalFolder();
        using var release = new ManualResetEventSlim();
        using var flushing = new SemaphoreSlim(0);
        using var journal = folder.Open(JournalDurability.Device, maxWaiting: 8);
        journal.BeforeFlush = () =>
        {
            flushing.Release();
            release.Wait(TestContext.Current.CancellationToken);
        };
        var schema = JournalFolder.Schema();

        var first = journal.AppendAsync(schema, JournalFolder.Numbered(0));
        var flush = Task.Run(journal.Flush, TestContext.Current.CancellationToken);
        await flushing.WaitAsync(TestContext.Current.CancellationToken);
        var waiting = Enumerable.Range(1, 7).Select(i => journal.AppendAsync(schema, JournalFolder.Numbered(i))).ToList();

        journal.Awaited.ShouldBe(8);
        Should.Throw<RefusedException>(() => journal.AppendAsync(schema, JournalFolder.Numbered(99)).IsCompleted).Kind.ShouldBe(RefusalKind.Unavailable);
        first.IsCompleted.ShouldBeFalse();

        release.Set();
        await flush;
        await first;
        journal.Awaited.ShouldBe(7);
        waiting.ShouldAllBe(w => !w.IsCompleted); // they came after what was flushed
        journal.Flush();
        await Task.WhenAll(waiting);
        journal.Awaited.ShouldBe(0);
        journal.AppendAsync(schema, JournalFolder.Numbered(8)).IsCompleted.ShouldBeFalse();
        JournalFolder.Read(journal).ShouldBe(Enumerable.Range(0, 9).Select(i => (long)i));
    }
}
