using Nexus.Data;
using Nexus.Jobs.Pipelines.Documents;
using Shouldly;
using Xunit;

namespace Nexus.Jobs.Tests.Pipelines;

public sealed class SweepGrammarTests
{
    [Theory]
    [InlineData("db=mysql,postgresql", "mysql|postgresql")]
    [InlineData("db=choice(mysql,postgresql)", "mysql|postgresql")]
    [InlineData("a=choice(1)", "1")]
    [InlineData("a=\"a,b\",\"c,d\"", "\"a,b\"|\"c,d\"")]
    [InlineData("a=[a,b],[c,d]", "[a, b]|[c, d]")]
    [InlineData("a={a:10, b:20},{c:30,d:40}", "{a: 10, b: 20}|{c: 30, d: 40}")]
    [InlineData("a=1,0.5,true,null,x y", "1|0.5|true|null|\"x y\"")]
    [InlineData("a=\"1\",1", "\"1\"|1")]
    [InlineData("a=${b},c", "\"${b}\"|c")]
    [InlineData("a=range(5)", "0|1|2|3|4")]
    [InlineData("a=range(0,5)", "0|1|2|3|4")]
    [InlineData("a=range(0,5,2)", "0|2|4")]
    [InlineData("a=range(start=1, stop=10, step=4)", "1|5|9")]
    [InlineData("a=range(0,10,3.3)", "0.0|3.3|6.6|9.9")]
    [InlineData("a=range(0,0.3,0.1)", "0.0|0.1|0.2")]
    [InlineData("a=range(5,0,-2)", "5|3|1")]
    [InlineData("a=range(1,-1,-0.5)", "1.0|0.5|0.0|-0.5")]
    [InlineData("a=float(range(1,4))", "1.0|2.0|3.0")]
    [InlineData("a=int(range(1.0,4.0))", "1|2|3")]
    [InlineData("a=sort(1,3,2)", "1|2|3")]
    [InlineData("a=sort(1,3,2,reverse=true)", "3|2|1")]
    [InlineData("a=sort(choice(b,c,a))", "a|b|c")]
    [InlineData("a=sort(sweep=choice(2,1))", "1|2")]
    [InlineData("a=sort(range(4,1))", "1|2|3")]
    [InlineData("a=sort(range(1,4),reverse=true)", "4|3|2")]
    [InlineData("a=str(choice(0,1))", "\"0\"|\"1\"")]
    [InlineData("a=float(1,2)", "1.0|2.0")]
    [InlineData("a=bool(0,1)", "false|true")]
    public void Override_of_several_values_is_a_dimension(string @override, string choices)
    {
        var space = SweepGrammar.Parse([@override]);

        space.Fixed.ShouldBeEmpty();
        var dimension = space.Dimensions.ShouldHaveSingleItem();
        dimension.Choices.ShouldBe(choices.Split('|'));
        space.Combinations.ShouldBe(dimension.Choices!.Count);
        foreach (var choice in dimension.Choices) SweepGrammar.Parse([$"{dimension.Path}={choice}"]).Fixed.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("a=interval(1.0,5.0)", 1, 5, false, false)]
    [InlineData("a=interval(1,5)", 1, 5, false, false)]
    [InlineData("a=interval(end=5,start=1)", 1, 5, false, false)]
    [InlineData("a=tag(log,interval(0.001,1))", 0.001, 1, true, false)]
    [InlineData("a=tag(log, sweep=interval(0.001,1))", 0.001, 1, true, false)]
    [InlineData("a=tag(interval(0,1))", 0, 1, false, false)]
    [InlineData("a=int(interval(8,256))", 8, 256, false, true)]
    [InlineData("a=tag(log,int(interval(8,256)))", 8, 256, true, true)]
    [InlineData("a=int(tag(log,interval(8,256)))", 8, 256, true, true)]
    public void Interval_is_a_dimension_without_an_end(string @override, double low, double high, bool logarithmic, bool integer)
    {
        var space = SweepGrammar.Parse([@override]);

        space.Dimensions.ShouldHaveSingleItem().Interval.ShouldBe(new SweepInterval(low, high, logarithmic, integer));
        space.Combinations.ShouldBeNull();
    }

    [Fact]
    public void Several_dimensions_are_a_product_beside_what_is_fixed()
    {
        var space = SweepGrammar.Parse(["train.trainer=lightgbm", "train.params.leaves=15,31,63", "~push", "++train.params.rate=0.05,0.1", "a='x,y'"]);

        space.Fixed.ShouldBe(["train.trainer=lightgbm", "~push", "a='x,y'"]);
        space.Dimensions.Select(d => d.Path).ShouldBe(["train.params.leaves", "++train.params.rate"]);
        space.Combinations.ShouldBe(6);
    }

    [Fact]
    public void Shuffle_keeps_the_values_and_gives_the_same_order_again()
    {
        var first = SweepGrammar.Parse(["a=shuffle(range(0,100))"]).Dimensions[0].Choices!;
        var again = SweepGrammar.Parse(["a=shuffle(range(0,100))"]).Dimensions[0].Choices!;

        again.ShouldBe(first);
        first.ShouldNotBe([.. first.OrderBy(int.Parse)]);
        first.Select(int.Parse).Order().ShouldBe(Enumerable.Range(0, 100));
        SweepGrammar.Parse(["a=shuffle(a,b,c)"]).Dimensions[0].Choices!.Order().ShouldBe(["a", "b", "c"]);
        SweepGrammar.Parse(["a=shuffle([1,2,3])"]).Dimensions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("schema=glob(*)", "school|support|warehouse")]
    [InlineData("schema=glob(*,exclude=support)", "school|warehouse")]
    [InlineData("schema=glob([s*,w*],exclude=school)", "support|warehouse")]
    public void Glob_chooses_among_the_options_of_a_group(string @override, string choices)
    {
        string[] names = ["school", "support", "warehouse"];
        IReadOnlyList<string>? Options(string group) => group == "schema" ? names : null;

        SweepGrammar.Parse([@override], Options).Dimensions[0].Choices.ShouldBe(choices.Split('|'));
        Should.Throw<RefusedException>(() => SweepGrammar.Parse(["other=glob(*)"], Options)).Message.ShouldContain("'other' is none");
        Should.Throw<RefusedException>(() => SweepGrammar.Parse(["schema=glob(x*)"], Options)).Message.ShouldContain("No option of 'schema' fits; there are school");
    }

    [Theory]
    [InlineData("a=range(1,1)", "holds no value")]
    [InlineData("a=range(1,5,-1)", "holds no value")]
    [InlineData("a=range(1,5,0)", "step is not 0")]
    [InlineData("a=range(0,1e9)", "more than 10,000 values")]
    [InlineData("a=range(0,1,1e-25)", "more than 10,000 values")]
    [InlineData("a=1,1", "1 is there twice")]
    [InlineData("a=1,inf", "'inf' is not a number that can be kept")]
    [InlineData("~a=1,2", "What is taken away has one value or none")]
    [InlineData("a=tag(lgo,interval(0,1))", "Did you mean 'log'?")]
    [InlineData("a=tag(log,interval(0,1))", "begins above 0")]
    [InlineData("a=tag(log,choice(1,2))", "log tags an interval")]
    [InlineData("a=shuffle(interval(0,1))", "shuffle(…) takes values")]
    public void What_spans_nothing_sound_is_refused_with_its_column(string @override, string message)
    {
        var refused = Should.Throw<RefusedException>(() => SweepGrammar.Parse([@override]));

        refused.Message.ShouldStartWith($"{@override}: column ");
        refused.Message.ShouldContain(message);
        refused.Errors!.Keys.ShouldBe(["overrides"]);
    }

    [Fact]
    public void Space_is_bounded_and_names_each_path_once()
    {
        var refused = Should.Throw<RefusedException>(() => SweepGrammar.Parse(["a=range(5000)", "b=range(5000)", "c=range(5000)"]));

        refused.Message.ShouldContain("more than 1,000,000,000 combinations");
        Should.Throw<RefusedException>(() => SweepGrammar.Parse(["a=1,2", "a=3"])).Message.ShouldContain("'a' is there twice");
        SweepGrammar.Parse(["a=1", "a=2"]).Fixed.Count.ShouldBe(2);
    }
}
