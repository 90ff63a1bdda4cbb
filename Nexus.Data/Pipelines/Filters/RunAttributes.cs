using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines.Filters;

/// <summary>Conditions on what the run's own row holds.</summary>
internal static class RunAttributes
{
    public static Expression<Func<Run, bool>> Of(NexusDb db, FilterNode.Compare compare, DateTimeOffset now)
    {
        if (compare.Values.Count == 0) return Known(compare);
        var held = Compared(db, compare, now);
        // A run that has no value has no other one; EF Core, left alone, would count it in.
        return compare.Operator == FilterOperator.NotEqual ? RunPredicates.Both(Known(compare), held) : held;
    }

    private static Expression<Func<Run, bool>> Compared(NexusDb db, FilterNode.Compare compare, DateTimeOffset now)
    {
        var value = compare.Values[0];
        switch (compare.Field.Name)
        {
            case "status":
                var status = FilterValues.Status(value);
                return Equality(compare, run => run.Status == status, run => run.Status != status);
            case "pipeline":
                return Text(compare, run => run.PipelineName, value.Text);
            case "by":
                return Text(compare, run => run.CreatedBy, value.Text);
            case "trigger":
                return Text(compare, run => run.Trigger, value.Text);
            case "model":
                return Text(compare, run => run.ModelName!, value.Text);
            case "note":
                return Text(compare, run => run.Note, value.Text);
            case "error":
                return Text(compare, run => run.Error!, value.Text);
            case "created":
                return Order(compare, run => run.CreatedAt, FilterValues.Time(value, now));
            case "started":
                return Order<DateTimeOffset?>(compare, run => run.StartedAt, FilterValues.Time(value, now));
            case "ended":
                return Order<DateTimeOffset?>(compare, run => run.EndedAt, FilterValues.Time(value, now));
            case "duration":
                return Order<long?>(compare, run => run.DurationUs, FilterValues.Microseconds(value));
            case "number":
                return Order(compare, run => run.Number, FilterValues.Whole(value));
            case "revision":
                return Order(compare, run => run.Revision, FilterValues.Whole(value));
            case "version":
                return Order<int?>(compare, run => run.ModelVersion, FilterValues.Whole(value));
            default:
                return Sweep(db, compare, value);
        }
    }

    private static Expression<Func<Run, bool>> Known(FilterNode.Compare compare)
    {
        var missing = compare.Operator == FilterOperator.IsNull;
        return compare.Field.Name switch
        {
            "started" => run => run.StartedAt == null == missing,
            "ended" => run => run.EndedAt == null == missing,
            "duration" => run => run.DurationUs == null == missing,
            "model" or "version" => run => run.ModelVersion == null == missing,
            "sweep" => run => run.SweepId == null == missing,
            "error" => run => run.Error == null == missing,
            "note" => run => run.Note == "" == missing,
            _ => missing ? run => false : run => true,
        };
    }

    // By its number, or by its id.
    private static Expression<Func<Run, bool>> Sweep(NexusDb db, FilterNode.Compare compare, FilterValue value)
    {
        if (Guid.TryParse(value.Text, out var id)) return Equality(compare, run => run.SweepId == id, run => run.SweepId != id);
        var number = FilterValues.Whole(value);
        var ids = db.Sweeps.Where(s => s.Number == number).Select(s => (Guid?)s.Id);
        return Equality(compare, run => ids.Contains(run.SweepId), run => !ids.Contains(run.SweepId));
    }

    private static Expression<Func<Run, bool>> Equality(FilterNode.Compare compare, Expression<Func<Run, bool>> same, Expression<Func<Run, bool>> other) => compare.Operator switch
    {
        FilterOperator.Equal => same,
        FilterOperator.NotEqual => other,
        _ => throw Refused.InvalidAt(1, compare.Column, $"Column {compare.Column}: {compare.Field.Name} is compared by =, != and in."),
    };

    private static Expression<Func<Run, bool>> Text(FilterNode.Compare compare, Expression<Func<Run, string>> field, string value)
    {
        Expression<Func<string>> held = () => value; // a parameter of the query, not a part of its text
        var body = compare.Operator switch
        {
            FilterOperator.Equal => Expression.Equal(field.Body, held.Body),
            FilterOperator.NotEqual => Expression.NotEqual(field.Body, held.Body),
            FilterOperator.Like => (Expression)Expression.Call(typeof(DbFunctionsExtensions), nameof(DbFunctionsExtensions.Like), null, Expression.Constant(EF.Functions), field.Body, held.Body),
            _ => throw Refused.InvalidAt(1, compare.Column, $"Column {compare.Column}: {compare.Field.Name} is a text; it is compared by =, !=, like, in."),
        };
        return Expression.Lambda<Func<Run, bool>>(body, field.Parameters);
    }

    private static Expression<Func<Run, bool>> Order<T>(FilterNode.Compare compare, Expression<Func<Run, T>> field, T value)
    {
        Expression<Func<T>> held = () => value;
        var body = compare.Operator switch
        {
            FilterOperator.Equal => Expression.Equal(field.Body, held.Body),
            FilterOperator.NotEqual => Expression.NotEqual(field.Body, held.Body),
            FilterOperator.Less => Expression.LessThan(field.Body, held.Body),
            FilterOperator.LessOrEqual => Expression.LessThanOrEqual(field.Body, held.Body),
            FilterOperator.Greater => Expression.GreaterThan(field.Body, held.Body),
            FilterOperator.GreaterOrEqual => Expression.GreaterThanOrEqual(field.Body, held.Body),
            _ => throw Refused.InvalidAt(1, compare.Column, $"Column {compare.Column}: like is for texts; {compare.Field.Name} is none."),
        };
        return Expression.Lambda<Func<Run, bool>>(body, field.Parameters);
    }
}
