using System.Globalization;

namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary><c>int</c>, <c>float</c>, <c>str</c> and <c>bool</c>: of a value, of each within a list or mapping, of each of several, of a range's ends.</summary>
internal static class OverrideCasts
{
    /// <exception cref="OverrideFault">Where the value is none of that type.</exception>
    public static OverrideTerm Cast(string to, OverrideTerm term) => term switch
    {
        ValueTerm value => value with { Node = Cast(to, value.Node) },
        ChoiceTerm choice => choice with { Values = [.. choice.Values.Select(v => Cast(to, v))] },
        RangeTerm range when to == "float" => range with { Float = true },
        RangeTerm range when to == "int" => range with { Start = decimal.Truncate(range.Start), Stop = decimal.Truncate(range.Stop), Step = decimal.Truncate(range.Step), Float = false },
        IntervalTerm interval when to == "float" => interval,
        IntervalTerm { Interval: var ends } interval when to == "int" => interval with { Interval = ends with { Low = Math.Truncate(ends.Low), High = Math.Truncate(ends.High), Integer = true } },
        RangeTerm => throw new OverrideFault(term.Column, $"A range cannot be made {to}; int and float can."),
        IntervalTerm => throw new OverrideFault(term.Column, $"An interval cannot be made {to}; int and float can."),
        _ => throw new OverrideFault(term.Column, $"{to}(…) does not take glob(…)."),
    };

    private static DocumentNode Cast(string to, DocumentNode node)
    {
        if (node.Kind == NodeKind.Scalar) return new(NodeKind.Scalar, node.Place) { Override = node.Override, Scalar = Cast(to, node.Scalar, node) };
        var cast = new DocumentNode(node.Kind, node.Place) { Override = node.Override };
        cast.Items.AddRange(node.Items.Select(i => Cast(to, i)));
        cast.Members.AddRange(node.Members.Select(m => m with { Node = Cast(to, m.Node) }));
        return cast;
    }

    private static object Cast(string to, object? value, DocumentNode at)
    {
        var cast = to switch
        {
            "int" => Integer(value),
            "float" => Number(value),
            "bool" => Truth(value),
            _ => value is null ? "null" : OverrideText.Plain(value),
        };
        return cast ?? throw new OverrideFault(at.Place.Column, $"{OverrideText.Write(at)} cannot be made {to}.");
    }

    private static object? Integer(object? value) => value switch
    {
        long integer => integer,
        bool truth => truth ? 1L : 0L,
        double number when Math.Abs(number) < 9e18 => (long)Math.Truncate(number),
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
        _ => null,
    };

    private static object? Number(object? value) => value switch
    {
        long integer => (double)integer,
        bool truth => truth ? 1.0 : 0.0,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static object? Truth(object? value) => value switch
    {
        bool truth => truth,
        long integer => integer != 0,
        double number => number != 0,
        string text when bool.TryParse(text, out var truth) => truth,
        _ => null,
    };
}
