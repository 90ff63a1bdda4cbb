namespace Nexus.Jobs.Pipelines.Documents.Composing;

internal enum DefaultKind
{
    /// <summary><c>training: fast</c>.</summary>
    Choice,

    /// <summary><c>override training: fast</c>: changes a choice made elsewhere.</summary>
    Override,

    /// <summary>A config by its name alone.</summary>
    Config,

    /// <summary><c>_self_</c>: the place of the document that the list stands in.</summary>
    Self,
}
