namespace Nexus.Jobs.Pipelines.Documents.Grammar;

internal enum OverrideMark
{
    /// <summary><c>a=1</c>: it must be there.</summary>
    Set,

    /// <summary><c>+a=1</c>: it must not be there.</summary>
    Add,

    /// <summary><c>++a=1</c>: either.</summary>
    Force,

    /// <summary><c>~a</c>, <c>~a=1</c>.</summary>
    Remove,
}
