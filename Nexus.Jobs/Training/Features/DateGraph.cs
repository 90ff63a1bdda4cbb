using Nexus.Inference.Onnx;

namespace Nexus.Jobs.Training.Features;

/// <summary><see cref="DateParts"/> as ONNX: the same whole-number arithmetic, operator by operator.</summary>
internal sealed class DateGraph
{
    private readonly OnnxGraphBuilder _graph;
    private readonly Dictionary<string, Lazy<string>> _parts;

    public DateGraph(OnnxGraphBuilder graph, string microseconds)
    {
        _graph = graph;
        var shifted = Lazy(() => Add(microseconds, DateParts.EpochDays * DateParts.DayUs));
        var z = Lazy(() => Div(shifted.Value, DateParts.DayUs));
        var ofDay = Lazy(() => Sub(shifted.Value, Mul(z.Value, DateParts.DayUs)));
        var era = Lazy(() => Div(z.Value, 146_097));
        var doe = Lazy(() => Sub(z.Value, Mul(era.Value, 146_097)));
        var yoe = Lazy(() => Div(Sub(Add(Sub(doe.Value, Div(doe.Value, 1460)), Div(doe.Value, 36_524)), Div(doe.Value, 146_096)), 365));
        var doy = Lazy(() => Add(Sub(Sub(doe.Value, Mul(yoe.Value, 365)), Div(yoe.Value, 4)), Div(yoe.Value, 100)));
        var mp = Lazy(() => Div(Add(Mul(doy.Value, 5), 2), 153));
        var late = Lazy(() => Div(mp.Value, 10));
        _parts = new(StringComparer.Ordinal)
        {
            ["year"] = Lazy(() => Add(Add(yoe.Value, Mul(era.Value, 400)), late.Value)),
            ["month"] = Lazy(() => Sub(Add(mp.Value, 3), Mul(late.Value, 12))),
            ["day"] = Lazy(() => Add(Sub(doy.Value, Div(Add(Mul(mp.Value, 153), 2), 5)), 1)),
            ["weekday"] = Lazy(() => Add(Mod(Add(z.Value, 2), 7), 1)),
            ["hour"] = Lazy(() => Div(ofDay.Value, 3_600_000_000)),
            ["minute"] = Lazy(() => Mod(Div(ofDay.Value, 60_000_000), 60)),
            ["days"] = Lazy(() => Add(z.Value, -DateParts.EpochDays)),
        };
    }

    public string Part(string name) => _parts[name].Value;

    private static Lazy<string> Lazy(Func<string> make) => new(make);

    private string Add(string a, long b) => _graph.Add("Add", [a, Number(b)]);

    private string Add(string a, string b) => _graph.Add("Add", [a, b]);

    private string Sub(string a, string b) => _graph.Add("Sub", [a, b]);

    private string Mul(string a, long b) => _graph.Add("Mul", [a, Number(b)]);

    private string Div(string a, long b) => _graph.Add("Div", [a, Number(b)]);

    private string Mod(string a, long b) => _graph.Add("Mod", [a, Number(b)]);

    private string Number(long value) => _graph.Constant([value], 1);
}
