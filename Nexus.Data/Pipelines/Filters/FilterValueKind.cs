namespace Nexus.Data.Pipelines.Filters;

internal enum FilterValueKind
{
    Text,
    Status,
    Number,
    Time,
    Duration,
}
