using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines.Filters;

/// <summary>
/// Turns a filter into a condition on runs. Parameters, metrics and tags become lists of ids that one index answers, so that a filter
/// costs what it finds and not what there is.
/// </summary>
internal sealed class RunPredicates(NexusDb db, DateTimeOffset now)
{
    public Expression<Func<Run, bool>> Of(FilterNode node) => node switch
    {
        FilterNode.And both => Join(Expression.AndAlso, Of(both.Left), Of(both.Right)),
        FilterNode.Or either => Join(Expression.OrElse, Of(either.Left), Of(either.Right)),
        FilterNode.Not not => Negate(Of(not.Inner)),
        FilterNode.Compare { Operator: FilterOperator.In } list => list.Values
            .Select(value => Of(list with { Operator = FilterOperator.Equal, Values = [value] })).Aggregate((a, b) => Join(Expression.OrElse, a, b)),
        FilterNode.Compare compare => compare.Field.Kind switch
        {
            FilterFieldKind.Param => Param(compare),
            FilterFieldKind.Metric => Metric(compare),
            FilterFieldKind.Tag => Tag(compare),
            _ => RunAttributes.Of(db, compare, now),
        },
        _ => throw new InvalidOperationException($"No filter: {node}."),
    };

    private static Expression<Func<Run, bool>> Join(Func<Expression, Expression, Expression> how, Expression<Func<Run, bool>> left, Expression<Func<Run, bool>> right) =>
        Expression.Lambda<Func<Run, bool>>(how(left.Body, new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters[0]);

    private static Expression<Func<Run, bool>> Negate(Expression<Func<Run, bool>> inner) =>
        Expression.Lambda<Func<Run, bool>>(Expression.Not(inner.Body), inner.Parameters[0]);

    private static RefusedException NoSuchOperator(FilterNode.Compare compare) =>
        Refused.InvalidAt(1, compare.Column, $"Column {compare.Column}: {compare.Field.Name} holds numbers; like is for texts.");

    private Expression<Func<Run, bool>> Param(FilterNode.Compare compare)
    {
        var key = compare.Field.Name;
        var rows = db.RunParams.Where(p => p.Key == key);
        if (compare.Values.Count == 0) return Among(rows.Select(p => p.RunId), compare.Operator == FilterOperator.IsNull);
        var value = compare.Values[0];
        return Among(Chosen(rows, compare.Operator, value).Select(p => p.RunId));
    }

    private static IQueryable<RunParam> Chosen(IQueryable<RunParam> rows, FilterOperator operation, FilterValue value)
    {
        var (text, whole) = (RunParam.Short(value.Text), value.Text);
        if (operation is FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual)
        {
            var bound = FilterValues.Number(value);
            return operation switch
            {
                FilterOperator.Less => rows.Where(p => p.Number < bound),
                FilterOperator.LessOrEqual => rows.Where(p => p.Number <= bound),
                FilterOperator.Greater => rows.Where(p => p.Number > bound),
                _ => rows.Where(p => p.Number >= bound),
            };
        }

        if (operation == FilterOperator.Like) return rows.Where(p => EF.Functions.Like(p.Value, whole));
        if (value.Number is { } number)
        {
            return operation == FilterOperator.Equal
                ? rows.Where(p => p.Number == number || (p.Number == null && p.Text == text))
                : rows.Where(p => p.Number != null ? p.Number != number : p.Text != text);
        }

        // A value that the short form holds whole needs no look at the long one.
        var cut = whole.Length > RunParam.MaxText;
        return operation == FilterOperator.Equal
            ? rows.Where(p => p.Number == null && p.Text == text && (!cut || p.Value == whole))
            : rows.Where(p => p.Number != null || p.Text != text || (cut && p.Value != whole));
    }

    private Expression<Func<Run, bool>> Metric(FilterNode.Compare compare)
    {
        var key = compare.Field.Name;
        var rows = db.RunLatestMetrics.Where(m => m.Key == key);
        if (compare.Values.Count == 0) return Among(rows.Select(m => m.RunId), compare.Operator == FilterOperator.IsNull);
        if (compare.Operator == FilterOperator.Like) throw NoSuchOperator(compare);
        var bound = FilterValues.Number(compare.Values[0]);
        rows = compare.Operator switch
        {
            FilterOperator.Equal => rows.Where(m => m.Value == bound),
            FilterOperator.NotEqual => rows.Where(m => m.Value != bound),
            FilterOperator.Less => rows.Where(m => m.Value < bound),
            FilterOperator.LessOrEqual => rows.Where(m => m.Value <= bound),
            FilterOperator.Greater => rows.Where(m => m.Value > bound),
            _ => rows.Where(m => m.Value >= bound),
        };
        return Among(rows.Select(m => m.RunId));
    }

    private Expression<Func<Run, bool>> Tag(FilterNode.Compare compare)
    {
        var key = compare.Field.Name;
        var rows = db.RunTags.Where(t => t.Key == key);
        if (compare.Values.Count == 0) return Among(rows.Select(t => t.RunId), compare.Operator == FilterOperator.IsNull);
        var value = compare.Values[0].Text;
        rows = compare.Operator switch
        {
            FilterOperator.Equal => rows.Where(t => t.Value == value),
            FilterOperator.NotEqual => rows.Where(t => t.Value != value),
            FilterOperator.Like => rows.Where(t => EF.Functions.Like(t.Value, value)),
            _ => throw Refused.InvalidAt(1, compare.Column, $"Column {compare.Column}: tags are texts; they are compared by =, !=, like, in."),
        };
        return Among(rows.Select(t => t.RunId));
    }

    private static Expression<Func<Run, bool>> Among(IQueryable<Guid> ids, bool outside = false) =>
        outside ? run => !ids.Contains(run.Id) : run => ids.Contains(run.Id);

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
