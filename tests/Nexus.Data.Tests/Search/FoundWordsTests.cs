using Nexus.Data.Search;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Search;

public sealed class FoundWordsTests
{
    [Fact]
    public void Words_are_marked_by_their_beginning_without_case_and_diacritics() =>
        new FoundWords(["CAFE", "12"]).Mark("The Café: no. 12a, decaf").ShouldBe(
            [new("The ", false), new("Café", true), new(": no. ", false), new("12a", true), new(", decaf", false)]);

    [Fact]
    public void Snippet_begins_shortly_before_the_first_find()
    {
        var text = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"w{i}"));

        var parts = new FoundWords(["w40"]).Snippet(text);

        string.Concat(parts.Select(p => p.Text)).ShouldBe("…" + string.Join(' ', Enumerable.Range(36, 20).Select(i => $"w{i}")) + "…");
        parts.Single(p => p.Found).Text.ShouldBe("w40");
        new FoundWords(["x"]).Snippet(text).ShouldBeEmpty();
    }
}
