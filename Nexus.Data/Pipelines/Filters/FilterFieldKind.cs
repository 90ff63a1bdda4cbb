namespace Nexus.Data.Pipelines.Filters;

internal enum FilterFieldKind
{
    Attribute,
    Param,
    Metric,
    Tag,
}
