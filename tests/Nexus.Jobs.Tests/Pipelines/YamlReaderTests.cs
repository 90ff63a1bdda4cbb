using CsCheck;
using Nexus.Jobs.Pipelines.Documents;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: 1\na: 2", 2, 1, "The key 'a' is there twice; first in line 1.")]
    [InlineData("a: &x 1\nb: 2", 1, 4, "Anchors (&)")]
    [InlineData("a: 1\nb: *x", 2, 4, "Aliases (*)")]
    [InlineData("a: !!str 1", 1, 4, "Tags (")]
    [InlineData("a: no", 1, 4, "'no' is a boolean to some readers")]
    [InlineData("a: [1, On]", 1, 8, "'On' is a boolean to some readers")]
    [InlineData("a: 1:20", 1, 4, "'1:20' is a number to base 60")]
    [InlineData("a: 0777", 1, 4, "'0777' is not read as the same number everywhere")]
    [InlineData("a: 0x1F", 1, 4, "'0x1F' is not read as the same number")]
    [InlineData("a: 1_000", 1, 4, "'1_000' is not read as the same number")]
    [InlineData("a: 2026-03-01", 1, 4, "'2026-03-01' is a time to some readers")]
    [InlineData("a: .nan", 1, 4, "'.nan' is not a number that can be kept")]
    [InlineData("a: 99999999999999999999", 1, 4, "'99999999999999999999' is larger than")]
    [InlineData("a: 1e999", 1, 4, "'1e999' is larger than")]
    [InlineData("a: 1\n---\nb: 2", 2, 1, "There is a second document")]
    [InlineData("", 1, 1, "The document is empty.")]
    [InlineData("? [1]\n: 2", 1, 3, "A key is a text.")]
    public void Reader_refuses_what_is_not_one_thing_to_all_readers(string yaml, int line, int column, string message)
    {
        var problems = new List<PipelineProblem>();

        YamlReader.Read(yaml, problems);

        var problem = problems.ShouldHaveSingleItem();
        problem.Message.ShouldStartWith(message);
        (problem.Line, problem.Column).ShouldBe((line, column));
    }

    [Theory]
    [InlineData("a: {b: [1, 2", 2)]
    [InlineData("a: b: c", 1)]
    [InlineData("a:\n\t- x", 2)]
    [InlineData("a:\n  b: 1\n\tc: 2", 3)]
    [InlineData("a: 1\nb: 2\n  c: 3", 3)]
    [InlineData("a: 1\nb: \"open\nc: 2", 2)]
    [InlineData("a: 1\nb: [1, 2\nc: 2", 2)]
    public void Reader_says_where_a_text_is_not_yaml(string yaml, int line)
    {
        var problems = new List<PipelineProblem>();

        YamlReader.Read(yaml, problems);

        problems.ShouldNotBeEmpty();
        problems[^1].Message.ShouldStartWith("This is not YAML");
        problems[^1].Line.ShouldBe(line, problems[^1].Text);
    }

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("-7", -7L)]
    [InlineData("0", 0L)]
    [InlineData("0.5", 0.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("true", true)]
    [InlineData("~", null)]
    [InlineData("null", null)]
    [InlineData("UP", "UP")]
    [InlineData("y", "y")]
    [InlineData("\"no\"", "no")]
    [InlineData("'1'", "1")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("elec2@3", "elec2@3")]
    [InlineData("${a.b}", "${a.b}")]
    public void Scalar_has_the_type_of_the_core_schema(string scalar, object? value)
    {
        var problems = new List<PipelineProblem>();

        var node = YamlReader.Read($"a: {scalar}", problems);

        problems.ShouldBeEmpty();
        node!["a"]!.Scalar.ShouldBe(value);
    }

    [Fact]
    public void Reader_is_bounded_in_depth_size_and_number()
    {
        foreach (var yaml in new[]
        {
            new string('[', 10_000),
            string.Concat(Enumerable.Repeat("{a: ", 40)),
            "a: [" + string.Join(",", Enumerable.Repeat("1", YamlReader.MaxNodes)) + "]",
            "a: " + new string('x', YamlReader.MaxBytes),
        })
        {
            var problems = new List<PipelineProblem>();
            YamlReader.Read(yaml, problems);
            problems.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Reader_never_throws_whatever_the_text()
    {
        string[] parts = ["a", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "\"", "'", "&x", "*x", "!t", "|", ">", "#", "?", "%", "@", "\t", "1", "no", "${", "\0", "\u2028", "é"];
        Gen.Int[0, parts.Length - 1].Select(i => parts[i]).Array[0, 40].Select(string.Concat).Sample(
            yaml =>
            {
                var problems = new List<PipelineProblem>();
                YamlReader.Read(yaml, problems);
                problems.ShouldAllBe(p => p.Line >= 1 && p.Column >= 1);
            },
            iter: 5000);
    }

    [Fact]
    public void Places_point_at_the_text_that_they_name()
    {
        const string Yaml = "steps:\n  train:\n    with: { leaves: 31, names: [one, two] }\n";
        var lines = Yaml.Split('\n');

        var with = YamlReader.Read(Yaml, [])!["steps"]!["train"]!["with"]!;

        Cut(lines, with["leaves"]!.Place).ShouldBe("31");
        Cut(lines, with["names"]!.Items[1].Place).ShouldBe("two");
        Cut(lines, with.Member("names")!.NamePlace).ShouldBe("names");
        Cut(lines, with.Find("names[0]")).ShouldBe("one");
    }

    private static string Cut(string[] lines, Place place) => lines[place.Line - 1][(place.Column - 1)..(place.EndColumn - 1)];
}
