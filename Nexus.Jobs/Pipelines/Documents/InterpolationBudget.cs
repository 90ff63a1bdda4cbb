namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>What a composed document may come to at most: a text of some lines can mean gigabytes, or lead on without end.</summary>
internal sealed class InterpolationBudget(List<PipelineProblem> problems)
{
    public const int MaxCharacters = 1024 * 1024;
    public const int MaxChain = 200;
    private int _nodes;
    private int _chain;
    private long _characters;

    /// <summary>It was exceeded, which is a problem by now: nothing more is to be resolved.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>One value more, at so many levels from the root.</summary>
    /// <exception cref="InterpolationFault">Too many, or too deep.</exception>
    public void Add(DocumentNode at, int depth)
    {
        if (++_nodes > YamlReader.MaxNodes) Exceed(at, $"The document as it is composed is too large: more than {YamlReader.MaxNodes:N0} values.");
        if (depth > YamlReader.MaxDepth) Exceed(at, $"The document as it is composed is nested deeper than {YamlReader.MaxDepth} levels here.");
    }

    /// <exception cref="InterpolationFault">Too many by now.</exception>
    public void Write(DocumentNode at, long characters)
    {
        if ((_characters += characters) > MaxCharacters) Exceed(at, $"The document as it is composed is too large: its interpolations write more than {MaxCharacters / 1024:N0} KiB of text.");
    }

    /// <summary>One interpolation leads to another, until <see cref="Leave"/>.</summary>
    /// <exception cref="InterpolationFault">Too many lead on from one.</exception>
    public void Enter(DocumentNode at)
    {
        if (_chain == MaxChain) Exceed(at, $"More than {MaxChain} interpolations lead from one to the next.");
        _chain++;
    }

    public void Leave() => _chain--;

    private void Exceed(DocumentNode at, string message)
    {
        if (!IsSpent) problems.Add(PipelineProblem.At(at, message));
        IsSpent = true;
        throw new InterpolationFault(message) { Known = true };
    }
}
