namespace Nexus.Jobs.Pipelines.Documents;

/// <summary>A stretch of the document; lines and columns count from 1, the end lies behind the last character.</summary>
public readonly record struct Place(int Line, int Column, int EndLine, int EndColumn)
{
    public static Place Start { get; } = new(1, 1, 1, 2);

    internal bool Contains(int line, int column) =>
        (line > Line || (line == Line && column >= Column)) && (line < EndLine || (line == EndLine && column <= EndColumn));
}
