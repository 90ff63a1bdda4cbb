namespace Nexus.Data.Pipelines.Filters;

/// <summary>A filter as it was understood.</summary>
internal abstract record FilterNode
{
    public sealed record And(FilterNode Left, FilterNode Right) : FilterNode;

    public sealed record Or(FilterNode Left, FilterNode Right) : FilterNode;

    public sealed record Not(FilterNode Inner) : FilterNode;

    /// <param name="Field">What is compared.</param>
    /// <param name="Values">One, or several of <c>in</c>, or none of <c>is null</c>.</param>
    /// <param name="Column">Where the field stands; 1-based.</param>
    public sealed record Compare(FilterField Field, FilterOperator Operator, IReadOnlyList<FilterValue> Values, int Column) : FilterNode;
}
