namespace Nexus.Data.Pipelines.Filters;

internal enum FilterTokenKind
{
    Word,
    Quoted,
    Operator,
    Open,
    Close,
    Comma,
    End,
}
