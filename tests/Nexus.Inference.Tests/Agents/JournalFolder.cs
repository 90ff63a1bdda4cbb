using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Inference.Agents;
using Nexus.Inference.Onnx;

namespace Nexus.Inference.Tests.Agents;

/// <summary>A journal in a folder of its own, without a database.</summary>
internal sealed class JournalFolder : IDisposable
{
    public JournalFolder() => Root = Directory.CreateTempSubdirectory("nexus-journal-").FullName;

    public string Root { get; }

    public string Segments => Path.Combine(Root, "journal");

    /// <summary>One number and one text in, two classes out.</summary>
    public static DecisionSchema Schema() => new(
        Guid.NewGuid(), "price", "price", 3, "binary", [new("x", Datatype.FP32), new("colour", Datatype.Bytes)], ["DOWN", "UP"], 2, false);

    public DecisionJournal Open(JournalDurability durability = JournalDurability.Process, int megabytes = 1, int maxWaiting = 4096, int maxBacklog = 1024)
    {
        var journal = new DecisionJournal(
            Options.Create(new NexusOptions { DataDirectory = Root }), Options.Create(new JournalOptions { Durability = durability, SegmentMegabytes = megabytes, MaxWaiting = maxWaiting, MaxBacklogMegabytes = maxBacklog }),
            TimeProvider.System, NullLogger<DecisionJournal>.Instance);
        journal.Open(_ => 0);
        return journal;
    }

    /// <summary>A failure's record that carries a number as its time, before 1970 so that its last byte is not zero.</summary>
    public static byte[] Numbered(long number)
    {
        var record = new byte[AnswerRecord.FailureBytes];
        AnswerRecord.WriteFailure(record, UtcMicroseconds.To(-1 - number));
        return record;
    }

    /// <summary>The numbers that a reader finds, from the journal's first segment on.</summary>
    public static List<long> Read(DecisionJournal journal)
    {
        using var cursor = new JournalCursor(journal, journal.Files.First(), 0);
        var found = new List<long>();
        while (cursor.Next(100) is { Failures.Count: > 0 } batch) found.AddRange(batch.Failures.Select(f => -1 - UtcMicroseconds.From(f.At)));
        return found;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
