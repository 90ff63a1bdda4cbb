using System.Security.Cryptography;
using System.Text;

namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary><c>sort</c> and <c>shuffle</c>, of a list, or of what a sweep chooses from.</summary>
internal static class OverrideOrder
{
    public static OverrideTerm Sort(OverrideCall call)
    {
        call.Known("sweep", "list", "reverse");
        var down = call.Named.TryGetValue("reverse", out var reverse)
            && (OverrideFunctions.One(reverse, "sort(…)").Scalar as bool? ?? throw new OverrideFault(reverse.Column, "'reverse' is true or false."));
        return Given(call) switch
        {
            RangeTerm { Start: var a, Stop: var b, Step: var step } range => down
                ? range with { Start = Math.Max(a, b), Stop = Math.Min(a, b), Step = -Math.Abs(step) }
                : range with { Start = Math.Min(a, b), Stop = Math.Max(a, b), Step = Math.Abs(step) },
            var other => Reorder(other, values => Sorted(values, down)),
        };
    }

    /// <summary>The same override is always shuffled the same way.</summary>
    public static OverrideTerm Shuffle(OverrideCall call)
    {
        call.Known("sweep", "list");
        var given = Given(call);
        if (given is RangeTerm range) given = new ChoiceTerm(range.Column, OverrideRanges.Values(range, call.Text));
        return Reorder(given, values => Shuffled(values, call.Text));
    }

    private static OverrideTerm Given(OverrideCall call)
    {
        var all = call.Positional.Concat(Given(call, "sweep")).Concat(Given(call, "list")).ToList();
        return all.Count switch
        {
            0 => throw new OverrideFault(call.Column, $"{call.Name}(…) needs values."),
            1 => all[0] is IntervalTerm or GlobTerm ? throw new OverrideFault(all[0].Column, $"{call.Name}(…) takes values, a list, choice(…) or range(…).") : all[0],
            _ => new ChoiceTerm(call.Column, [.. all.Select(p => OverrideFunctions.One(p, $"{call.Name}(…)"))]),
        };
    }

    private static IEnumerable<OverrideTerm> Given(OverrideCall call, string name) => call.Named.TryGetValue(name, out var term) ? [term] : [];

    private static OverrideTerm Reorder(OverrideTerm term, Func<IReadOnlyList<DocumentNode>, IEnumerable<DocumentNode>> order)
    {
        if (term is ChoiceTerm choice) return choice with { Values = [.. order(choice.Values)] };
        if (term is not ValueTerm { Node: { Kind: NodeKind.List } list } value) return term;
        var ordered = new DocumentNode(NodeKind.List, list.Place) { Override = list.Override };
        ordered.Items.AddRange(order(list.Items));
        return value with { Node = ordered };
    }

    private static IEnumerable<DocumentNode> Sorted(IReadOnlyList<DocumentNode> values, bool down)
    {
        IEnumerable<DocumentNode> ordered;
        if (values.All(v => v.Scalar is long or double or bool)) ordered = values.OrderBy(v => Convert.ToDouble(v.Scalar, System.Globalization.CultureInfo.InvariantCulture));
        else if (values.All(v => v.Scalar is string)) ordered = values.OrderBy(v => v.Text, StringComparer.Ordinal);
        else throw new OverrideFault(values[0].Place.Column, "Numbers and texts cannot be put into one order.");
        return down ? ordered.Reverse() : ordered;
    }

    private static DocumentNode[] Shuffled(IReadOnlyList<DocumentNode> values, string seed)
    {
        DocumentNode[] shuffled = [.. values];
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        var state = BitConverter.ToUInt64(digest);
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            state = (state * 6364136223846793005) + 1442695040888963407; // Knuth's MMIX; its upper bits are the good ones
            var j = (int)((state >> 33) % (ulong)(i + 1));
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
