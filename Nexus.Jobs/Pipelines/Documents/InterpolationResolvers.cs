using Nexus.Jobs.Pipelines.Documents.Grammar;

namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>
/// What stands before a colon in an interpolation: <c>env</c> reads a variable as the value that it looks like, <c>oc.env</c> as a
/// text, <c>oc.decode</c> makes a value of a text, <c>oc.select</c> follows a path or takes its default.
/// </summary>
/// <param name="text">What parts come to as a text, for the node that uses them.</param>
/// <param name="follow">What stands at a path.</param>
internal sealed class InterpolationResolvers(
    EnvironmentReads environment, Func<IReadOnlyList<TextPart>, DocumentNode, string> text, Func<string, DocumentNode, DocumentNode> follow)
{
    private static readonly string[] Names = ["env", "oc.env", "oc.decode", "oc.select"];

    /// <exception cref="InterpolationFault">Where there is nothing of that name, or it may not be read.</exception>
    public DocumentNode Evaluate(ReferencePart reference, DocumentNode user)
    {
        var arguments = reference.Arguments;
        switch (reference.Resolver)
        {
            case null: return follow(text(arguments[0], user).Trim(), user);
            case "env" or "oc.env": return Variable(reference, user);
            case "oc.decode" when arguments.Count == 1: return Decoded(text(arguments[0], user).Trim(), user, null);
            case "oc.select" when arguments.Count is 1 or 2: return Select(arguments, user);
        }

        throw Names.Contains(reference.Resolver)
            ? new InterpolationFault($"'{reference.Text}' has {arguments.Count} values; {reference.Resolver} takes fewer.")
            : new InterpolationFault($"There is no resolver '{reference.Resolver}'; there are {string.Join(", ", Names)}.", Suggestion.For(reference.Resolver, Names), reference.Resolver);
    }

    private DocumentNode Variable(ReferencePart reference, DocumentNode user)
    {
        var arguments = reference.Arguments;
        if (arguments.Count > 2) throw new InterpolationFault($"'{reference.Text}' has {arguments.Count} values; it takes a name and a default. Quote a default with commas.");
        var name = text(arguments[0], user).Trim();
        if (!environment.Allows(name))
        {
            var list = environment.Allowed.Count == 0 ? "which is empty" : $"which has {string.Join(", ", environment.Allowed.Order(StringComparer.Ordinal))}";
            throw new InterpolationFault($"The environment variable '{name}' may not be read: it is not on the list Nexus:Pipelines:Environment, {list}.", Suggestion.For(name, environment.Allowed), name);
        }

        if (environment.Read(name) is { } value) return reference.Resolver == "env" ? Decoded(value, user, name) : Scalar(value, user, name);
        return arguments.Count == 2
            ? Default(arguments[1], user, reference.Resolver == "env")
            : throw new InterpolationFault($"The environment variable '{name}' is not set, and '{reference.Text}' has no default.");
    }

    private DocumentNode Select(IReadOnlyList<IReadOnlyList<TextPart>> arguments, DocumentNode user)
    {
        try
        {
            var found = follow(text(arguments[0], user).Trim(), user);
            if (arguments.Count == 1 || found is not { Kind: NodeKind.Scalar, Scalar: null }) return found;
        }
        catch (InterpolationFault) when (arguments.Count == 2)
        {
            // Nothing there: that is what the default is for.
        }

        return Default(arguments[1], user, true);
    }

    private DocumentNode Default(IReadOnlyList<TextPart> parts, DocumentNode user, bool typed)
    {
        if (parts is [ReferencePart only]) return Evaluate(only, user);
        var quoted = parts is [PlainPart { Quoted: true }];
        var value = text(parts, user);
        if (quoted) return Scalar(value, user, null);
        value = value.Trim();
        if (value == "???") throw new InterpolationFault("The value must be given: its default is ???.") { Mandatory = true };
        return typed || value == "null" ? Decoded(value, user, null) : Scalar(value, user, null);
    }

    // What would not be the same to every reader stays a text.
    private static DocumentNode Decoded(string value, DocumentNode user, string? variable)
    {
        try
        {
            var read = OverrideScalars.Read(value, 1);
            return Scalar(read is double number && !double.IsFinite(number) ? value : read, user, variable);
        }
        catch (OverrideFault)
        {
            return Scalar(value, user, variable);
        }
    }

    private static DocumentNode Scalar(object? value, DocumentNode user, string? variable) =>
        new(NodeKind.Scalar, user.Place) { Override = user.Override, Config = user.Config, Scalar = value, Variable = variable, Settled = true };
}
