namespace Nexus.Jobs.Pipelines.Documents.Grammar;

/// <summary>A function with what it was given.</summary>
/// <param name="text">The override that it stands in.</param>
internal sealed class OverrideCall(string name, int column, string text)
{
    public string Name { get; } = name;
    public int Column { get; } = column;
    public string Text { get; } = text;
    public List<OverrideTerm> Positional { get; } = [];
    public Dictionary<string, OverrideTerm> Named { get; } = [];

    public void Add(OverrideTerm argument)
    {
        if (Named.Count > 0) throw new OverrideFault(argument.Column, $"{Name}(…): what has no name stands before what has one.");
        Positional.Add(argument);
    }

    public void Add(string name, int column, OverrideTerm argument)
    {
        if (!Named.TryAdd(name, argument)) throw new OverrideFault(column, $"{Name}(…): '{name}' is there twice.");
    }

    /// <summary>The arguments by the names of the parameters, in their order; null where one is not given.</summary>
    /// <exception cref="OverrideFault">One too many, an unknown or doubled name, or one of the first <paramref name="needed"/> missing.</exception>
    public OverrideTerm?[] Bind(int needed, params string[] parameters)
    {
        if (Positional.Count > parameters.Length)
            throw new OverrideFault(Positional[parameters.Length].Column, $"{Name}(…) takes at most {parameters.Length} values: {string.Join(", ", parameters)}.");
        var bound = new OverrideTerm?[parameters.Length];
        for (var i = 0; i < Positional.Count; i++) bound[i] = Positional[i];
        Known(parameters);
        foreach (var (name, argument) in Named)
        {
            var at = Array.IndexOf(parameters, name);
            if (bound[at] is not null) throw new OverrideFault(argument.Column, $"{Name}(…): '{name}' is given twice.");
            bound[at] = argument;
        }

        for (var i = 0; i < needed; i++)
        {
            if (bound[i] is null) throw new OverrideFault(Column, $"{Name}(…) needs '{parameters[i]}'.");
        }

        return bound;
    }

    public void Known(params string[] names)
    {
        foreach (var (name, argument) in Named)
        {
            if (!names.Contains(name))
                throw new OverrideFault(argument.Column, names.Length == 0 ? $"{Name}(…) has no named values." : $"{Name}(…) has no '{name}'; there are {string.Join(", ", names)}.", Suggestion.For(name, names));
        }
    }
}
