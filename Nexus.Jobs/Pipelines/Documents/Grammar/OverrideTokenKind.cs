namespace Nexus.Jobs.Pipelines.Documents.Grammar;

internal enum OverrideTokenKind
{
    /// <summary>A run of letters, digits and <c>_ / - \ + . $ % * @ ? |</c>.</summary>
    Word,
    Space,

    /// <summary>A backslash and the character that it makes a plain one.</summary>
    Escape,
    Quoted,

    /// <summary><c>${…}</c>, whole.</summary>
    Interpolation,
    Comma,
    Colon,
    Equals,
    Open,
    Close,
    ListOpen,
    ListClose,
    MapOpen,
    MapClose,
    End,
}
