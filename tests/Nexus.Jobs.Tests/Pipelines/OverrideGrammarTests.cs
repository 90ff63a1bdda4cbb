using CsCheck;
using Nexus.Jobs.Pipelines.Documents;
using Nexus.Jobs.Pipelines.Documents.Grammar;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

/// <summary>The override grammar that Hydra's documentation defines, by examples with their known answers.</summary>
public sealed class OverrideGrammarTests
{
    [Theory]
    [InlineData("a=", "")]
    [InlineData("a=null", null)]
    [InlineData("a=NULL", null)]
    [InlineData("a=10", 10L)]
    [InlineData("a=-20", -20L)]
    [InlineData("a=1_000_000", 1_000_000L)]
    [InlineData("a=3.14", 3.14)]
    [InlineData("a=-10e6", -10e6)]
    [InlineData("a=1e-1", 0.1)]
    [InlineData("a=.5", 0.5)]
    [InlineData("a=inf", double.PositiveInfinity)]
    [InlineData("a=-Inf", double.NegativeInfinity)]
    [InlineData("a=NaN", double.NaN)]
    [InlineData("a=TrUe", true)]
    [InlineData("a=false", false)]
    [InlineData("a=hello world", "hello world")]
    [InlineData("a=    hello world    ", "hello world")]
    [InlineData("a=oompa10", "oompa10")]
    [InlineData("a=foo-bar/baz.txt", "foo-bar/baz.txt")]
    [InlineData("a=http://host:80/x", "http://host:80/x")]
    [InlineData("a=elec2@3", "elec2@3")]
    [InlineData("a=50%", "50%")]
    [InlineData("a=\"hello there\"", "hello there")]
    [InlineData("a='1,2,3'", "1,2,3")]
    [InlineData("a=\"10\"", "10")]
    [InlineData("a='escaped \\'single quote\\''", "escaped 'single quote'")]
    [InlineData("a=\"the path is C:\\\\\\\"some folder\\\"\\\\\"", "the path is C:\\\"some folder\"\\")]
    [InlineData("a='one\\two'", "one\\two")]
    [InlineData("a='\"double quoted\"'", "\"double quoted\"")]
    [InlineData("a='{a:10} ${xyz}'", "{a:10} ${xyz}")]
    [InlineData("a=job\\{a\\=1\\,b\\=2\\,c\\=3\\}", "job{a=1,b=2,c=3}")]
    [InlineData("a=A\\[B\\]\\(c\\)\\:\\\\", "A[B](c):\\")]
    [InlineData("a=\\ x\\\t", " x\t")]
    [InlineData("a=\\1", "\\1")]
    [InlineData("a=${foo.bar}", "${foo.bar}")]
    [InlineData("a=/root/${name}/x", "/root/${name}/x")]
    [InlineData("a=${a.${b}}", "${a.${b}}")]
    [InlineData("a=${env:USER,me}", "${env:USER,me}")]
    [InlineData("a=int(3.14)", 3L)]
    [InlineData("a=int(value=3.14)", 3L)]
    [InlineData("a=int (1e6)", 1_000_000L)]
    [InlineData("a=int(\"10\")", 10L)]
    [InlineData("a=int(true)", 1L)]
    [InlineData("a=float(10)", 10.0)]
    [InlineData("a=float(\"10.0\")", 10.0)]
    [InlineData("a=str(10)", "10")]
    [InlineData("a=str(10.0)", "10.0")]
    [InlineData("a=str(true)", "true")]
    [InlineData("a=str(inf)", "inf")]
    [InlineData("a=bool(1)", true)]
    [InlineData("a=bool(0.0)", false)]
    [InlineData("a=bool(\"False\")", false)]
    [InlineData("a=sort(1)", 1L)]
    public void Value_is_read_as_hydra_reads_it(string @override, object? value) =>
        Value(@override).Scalar.ShouldBe(value);

    [Theory]
    [InlineData("a=[]", "[]")]
    [InlineData("a=[1,2,3]", "[1,2,3]")]
    [InlineData("a=[ a , [ b, [c] ] ]", "[\"a\",[\"b\",[\"c\"]]]")]
    [InlineData("a={}", "{}")]
    [InlineData("a={a:10,b:20}", "{\"a\":10,\"b\":20}")]
    [InlineData("a={a: 10, b: {c: 30, d: x y}}", "{\"a\":10,\"b\":{\"c\":30,\"d\":\"x y\"}}")]
    [InlineData("a={\"a b\": null}", "{\"a b\":null}")]
    [InlineData("a=sort([1,3,2])", "[1,2,3]")]
    [InlineData("a=sort(list=[1,3,2], reverse=true)", "[3,2,1]")]
    [InlineData("a=str([1,2,3])", "[\"1\",\"2\",\"3\"]")]
    [InlineData("a=str({a:10})", "{\"a\":\"10\"}")]
    [InlineData("a=bool([0,1,2])", "[false,true,true]")]
    [InlineData("a=[int(2.5), ${x}]", "[2,\"${x}\"]")]
    public void Lists_and_mappings_are_read_as_hydra_reads_them(string @override, string json) =>
        Value(@override).ToJson()!.ToJsonString().ShouldBe(json);

    [Theory]
    [InlineData("+a.b=1", nameof(OverrideMark.Add), "a.b", null)]
    [InlineData("++a=1", nameof(OverrideMark.Force), "a", null)]
    [InlineData("~a", nameof(OverrideMark.Remove), "a", null)]
    [InlineData("~a=", nameof(OverrideMark.Remove), "a", null)]
    [InlineData("db/engine=x", nameof(OverrideMark.Set), "db/engine", null)]
    [InlineData("db@src.pkg=x", nameof(OverrideMark.Set), "db", "src.pkg")]
    [InlineData("db@=x", nameof(OverrideMark.Set), "db", "")]
    [InlineData(" a_b.c-d =x", nameof(OverrideMark.Set), "a_b.c-d", null)]
    public void Key_has_mark_path_and_package(string @override, string mark, string path, string? package)
    {
        var parsed = OverrideEditor.Parse(@override);

        (parsed.Mark.ToString(), parsed.Key.Path, parsed.Key.Package).ShouldBe((mark, path, package));
    }

    [Theory]
    [InlineData("a", 2, "has no '='", null)]
    [InlineData("=1", 1, "An override is path=value", null)]
    [InlineData("a..b=1", 3, "A part of the path is empty", null)]
    [InlineData("a[0]=1", 2, "A path has no '['", null)]
    [InlineData("a=[1,2", 3, "']' is missing", null)]
    [InlineData("a=[1,,2]", 6, "There should be a value", null)]
    [InlineData("a={b}", 5, "There should be ':' behind the key", null)]
    [InlineData("a={b:1,b:2}", 8, "The key 'b' is there twice", null)]
    [InlineData("a=1,", 5, "There should be a value", null)]
    [InlineData("a=A[B", 4, "It should end here", null)]
    [InlineData("a=\"open", 3, "does not close", null)]
    [InlineData("a=x ${open", 5, "does not close", null)]
    [InlineData("a=b=c", 4, "It should end here", null)]
    [InlineData("a=x#y", 4, "needs quotes", null)]
    [InlineData("a=chioce(1,2)", 3, "There is no function 'chioce'", "choice")]
    [InlineData("a=range(start=1,end=3)", 21, "range(…) has no 'end'", null)]
    [InlineData("a=sort(1,2,revers=true)", 19, "sort(…) has no 'revers'", "reverse")]
    [InlineData("a=int(value=1,2)", 15, "what has no name stands before", null)]
    [InlineData("a=range(1,2,3,4)", 15, "range(…) takes at most 3 values", null)]
    [InlineData("a=interval(1)", 3, "interval(…) needs 'end'", null)]
    [InlineData("a=interval(2,1)", 3, "from a smaller number", null)]
    [InlineData("a=int(foo)", 7, "foo cannot be made int", null)]
    [InlineData("a=int(\"10.0\")", 7, "cannot be made int", null)]
    [InlineData("a=int(inf)", 7, "inf cannot be made int", null)]
    [InlineData("a=bool(foo)", 8, "cannot be made bool", null)]
    [InlineData("a=str(interval(0,1))", 7, "An interval cannot be made str", null)]
    [InlineData("a=[choice(1,2)]", 4, "cannot stand within a list", null)]
    [InlineData("a=no", 3, "'no' is a boolean to some readers", null)]
    [InlineData("a=x,1:20", 5, "'1:20' is a number to base 60", null)]
    [InlineData("a=99999999999999999999", 3, "larger than an integer", null)]
    public void Fault_is_told_with_its_column_and_what_was_meant(string @override, int column, string message, string? suggestion)
    {
        var fault = Should.Throw<OverrideFault>(() => OverrideEditor.Parse(@override));

        fault.Message.ShouldContain(message);
        (fault.Column, fault.Suggested).ShouldBe((column, suggestion));
    }

    [Fact]
    public void Any_value_written_is_read_again_as_itself()
    {
        var scalar = Gen.OneOf(
            Gen.Long.Select(v => (object?)v), Gen.Double.Where(double.IsFinite).Select(v => (object?)v), Gen.Bool.Select(v => (object?)v), Gen.Const((object?)null),
            Gen.Char["a1 _-.,:=()[]{}\"'\\\t$/no~#é"].Array[0, 12].Select(c => new string(c)).Select(v => (object?)v));
        scalar.Array[0, 4].Sample(
            values =>
            {
                var list = new DocumentNode(NodeKind.List, Place.Start);
                list.Items.AddRange(values.Select(v => new DocumentNode(NodeKind.Scalar, Place.Start) { Scalar = v }));
                Value($"a={OverrideText.Write(list)}").Items.Select(i => i.Scalar).ShouldBe(values);
                foreach (var item in list.Items) Value($"a={OverrideText.Write(item)}").Scalar.ShouldBe(item.Scalar);
            },
            iter: 3000);
    }

    [Fact]
    public void Parser_never_throws_anything_but_a_fault()
    {
        string[] parts = ["a", "=", "+", "~", "1", ".", ",", "(", ")", "[", "]", "{", "}", ":", "\"", "'", "\\", " ", "${", "range(", "choice(", "sort(", "tag(log,", "interval(0,1)", "int(", "@", "/", "\t", "é", "\0", "1e300"];
        Gen.Int[0, parts.Length - 1].Select(i => parts[i]).Array[0, 20].Select(string.Concat).Sample(
            text =>
            {
                var problems = new List<PipelineProblem>();
                SweepGrammar.Read([text], null, problems);
                problems.ShouldAllBe(p => p.Column >= 1 && p.Column <= text.Length + 1);
            },
            iter: 3000);
    }

    private static DocumentNode Value(string @override) => OverrideEditor.Parse(@override).Value.ShouldBeOfType<ValueTerm>().Node;
}
