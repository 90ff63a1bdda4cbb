using Nexus.Data.Audit;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Audit;

public sealed class CheckpointNoteTests
{
    // The example of golang.org/x/mod/sumdb/note, which C2SP signed-note took over.
    private const string PeterNeumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Said = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Signed = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

    private static readonly NoteKey Key = new("PeterNeumann", Convert.FromBase64String(PeterNeumann.Split('+', 3)[2])[1..]);

    [Fact]
    public void Key_has_the_known_id_and_form()
    {
        Convert.ToHexStringLower(Key.Id).ShouldBe("c74f20a3");
        Key.Verifier.ShouldBe(PeterNeumann);
    }

    [Fact]
    public void Known_note_verifies_and_a_changed_one_does_not()
    {
        Key.Verifies(Said, [Signed]).ShouldBeTrue();
        Key.Verifies(Said + "\n", [Signed]).ShouldBeFalse();
        Key.Verifies(Said, [Signed.Replace("x08go", "x08gp", StringComparison.Ordinal)]).ShouldBeFalse();
        Key.Verifies(Said, ["— PeterNeumann nonsense"]).ShouldBeFalse();
    }

    [Fact]
    public void Body_reads_back_what_was_written()
    {
        var note = new CheckpointNote("nexus-portal/ledger", 64, MerkleTree.LeafHash([1]));

        var read = CheckpointNote.Parse(note.Body).ShouldNotBeNull();

        read.Size.ShouldBe(64);
        read.Root.ShouldBe(note.Root);
        note.Body.ShouldBe($"nexus-portal/ledger\n64\n{Convert.ToBase64String(note.Root)}\n");
    }

    [Theory]
    [InlineData("origin\n064\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n")]
    [InlineData("origin\n-1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n")]
    [InlineData("origin\n64\nAAAA\n")]
    [InlineData("origin\n64\n")]
    [InlineData("")]
    public void Body_of_another_form_is_refused(string body) => CheckpointNote.Parse(body).ShouldBeNull();
}
