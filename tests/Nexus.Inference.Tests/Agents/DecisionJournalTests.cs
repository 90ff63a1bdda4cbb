using CsCheck;
using Nexus.Data;
using Nexus.Inference.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Inference.Tests.Agents;

public sealed class DecisionJournalTests
{
    [Fact]
    public void Journal_cut_at_any_byte_keeps_every_record_before_the_cut()
    {
        using var folder = new JournalFolder();
        var schema = JournalFolder.Schema();
        var ends = new List<long>();
        long number;
        using (var journal = folder.Open())
        {
            number = journal.Files.First();
            for (var i = 0; i < 12; i++)
            {
                journal.AppendAsync(schema, JournalFolder.Numbered(i)).IsCompletedSuccessfully.ShouldBeTrue();
                ends.Add(journal.Extent(number).Written);
            }
        }

        var whole = File.ReadAllBytes(Path.Combine(folder.Segments, $"{number:D12}.journal"));
        for (var cut = 0; cut <= whole.Length; cut++)
        {
            using var other = new JournalFolder();
            Directory.CreateDirectory(other.Segments);
            // As a killed process leaves it: the space reserved for the rest is zeros.
            var torn = new byte[whole.Length + 64];
            whole.AsSpan(0, cut).CopyTo(torn);
            File.WriteAllBytes(Path.Combine(other.Segments, $"{number:D12}.journal"), cut % 2 == 0 ? torn : torn[..cut]);
            using var journal = other.Open();
            JournalFolder.Read(journal).ShouldBe(Enumerable.Range(0, ends.Count(end => end <= cut)).Select(i => (long)i), $"cut at {cut}");
        }
    }

    [Fact]
    public void Journal_with_any_byte_changed_gives_only_records_that_were_written()
    {
        using var folder = new JournalFolder();
        var schema = JournalFolder.Schema();
        string path;
        using (var journal = folder.Open())
        {
            for (var i = 0; i < 6; i++) journal.AppendAsync(schema, JournalFolder.Numbered(i));
            path = journal.Files.PathOf(journal.Files.First());
        }

        var whole = File.ReadAllBytes(path);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255]).Sample((at, flip) =>
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= (byte)flip;
            var sound = JournalFiles.SoundLength(changed, 1);
            sound.ShouldBeLessThanOrEqualTo(at);
        }, iter: 2000);
    }

    [Fact]
    public async Task Journal_under_16_writers_rotates_and_keeps_every_record_once()
    {
        using var folder = new JournalFolder();
        using (var journal = folder.Open())
        {
            using var stop = new CancellationTokenSource();
            var flushing = Task.Run(() =>
            {
                while (!stop.IsCancellationRequested) journal.Flush();
            });
            await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
            {
                var schema = JournalFolder.Schema();
                for (var i = 0; i < 6000; i++) await journal.AppendAsync(schema, JournalFolder.Numbered((writer * 6000) + i));
            })));
            await stop.CancelAsync();
            await flushing;
            journal.Files.Numbers().Count.ShouldBeGreaterThan(1);
            JournalFolder.Read(journal).Order().ShouldBe(Enumerable.Range(0, 96_000).Select(i => (long)i));
        }

        using var again = folder.Open();
        JournalFolder.Read(again).Count.ShouldBe(96_000);
    }

    [Fact]
    public async Task Journal_for_the_device_answers_after_the_flush_and_not_before()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open(JournalDurability.Device);

        var answers = Enumerable.Range(0, 5).Select(i => journal.AppendAsync(JournalFolder.Schema(), JournalFolder.Numbered(i))).ToList();

        answers.ShouldAllBe(answer => !answer.IsCompleted);
        journal.Flush();
        await Task.WhenAll(answers);
    }

    [Fact]
    public void Journal_takes_a_record_larger_than_a_segment()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open();
        var large = new byte[3 * 1024 * 1024];
        JournalFolder.Numbered(7).CopyTo(large, 0);

        journal.AppendAsync(JournalFolder.Schema(), JournalFolder.Numbered(6));
        journal.AppendAsync(JournalFolder.Schema(), large);

        JournalFolder.Read(journal).ShouldBe([6, 7]);
    }

    [Fact]
    public async Task Journal_that_cannot_be_written_refuses_and_recovers_by_itself()
    {
        using var folder = new JournalFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "full"), "");
        using var journal = folder.Open();
        // A folder that is a file: no segment can be made in it.
        journal.Flush();
        Directory.Move(folder.Segments, folder.Segments + "-away");
        await File.WriteAllTextAsync(folder.Segments, "");

        Should.Throw<RefusedException>(() => { journal.AppendAsync(JournalFolder.Schema(), new byte[2 * 1024 * 1024]); }).Kind.ShouldBe(RefusalKind.Unavailable);
        journal.Fault.ShouldNotBeNull();

        File.Delete(folder.Segments);
        journal.Flush();
        journal.Fault.ShouldBeNull();
        await journal.AppendAsync(JournalFolder.Schema(), JournalFolder.Numbered(1));
    }

    [Fact]
    public void Journal_that_the_database_does_not_keep_up_with_refuses_until_it_has()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open(maxBacklog: 1);
        var (schema, large) = (JournalFolder.Schema(), new byte[300_000]);
        JournalFolder.Numbered(1).CopyTo(large, 0);
        for (var i = 0; i < 4; i++) journal.AppendAsync(schema, large);

        Should.Throw<RefusedException>(() => { journal.AppendAsync(schema, large); }).Kind.ShouldBe(RefusalKind.Unavailable);
        journal.SetBacklog(0);

        journal.AppendAsync(schema, large).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Segment_that_the_device_does_not_let_close_stays_and_is_closed_later()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open();
        var schema = JournalFolder.Schema();
        var first = journal.Files.First();
        journal.AppendAsync(schema, JournalFolder.Numbered(0));
        journal.AppendAsync(schema, Large(1));
        journal.BeforeClose = () => throw new IOException("The device failed.");

        journal.Flush();

        journal.Fault.ShouldBeNull();
        journal.AppendAsync(schema, JournalFolder.Numbered(2));
        JournalFolder.Read(journal).ShouldBe([0, 1, 2]);
        journal.BeforeClose = null;
        journal.Flush();
        new FileInfo(journal.Files.PathOf(first)).Length.ShouldBe(journal.Extent(first).Written);
        new FileInfo(journal.Files.PathOf(first)).Length.ShouldBeLessThan(1024 * 1024);
    }

    [Fact]
    public void What_cannot_be_read_in_the_middle_of_a_finished_segment_is_kept_beside_it()
    {
        using var folder = new JournalFolder();
        using var journal = folder.Open();
        var schema = JournalFolder.Schema();
        var first = journal.Files.First();
        journal.AppendAsync(schema, JournalFolder.Numbered(0));
        var bad = journal.Extent(first).Written;
        for (var i = 1; i < 4; i++) journal.AppendAsync(schema, JournalFolder.Numbered(i));
        var path = journal.Files.PathOf(first);
        var end = journal.Extent(first).Written;
        journal.AppendAsync(schema, Large(4));
        journal.Flush();
        var bytes = File.ReadAllBytes(path);
        bytes[bad + JournalFormat.RecordHeader + 6] ^= 1;
        File.WriteAllBytes(path, bytes);

        JournalFolder.Read(journal).ShouldBe([0, 4]);

        File.ReadAllBytes(path + ".torn").ShouldBe(bytes[(int)bad..(int)end]);
    }

    private static byte[] Large(long number)
    {
        var large = new byte[1024 * 1024];
        JournalFolder.Numbered(number).CopyTo(large, 0);
        return large;
    }
}
