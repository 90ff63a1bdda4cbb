using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines.Filters;

/// <summary>
/// Turns a filter into a condition on runs. What few runs have becomes a list of ids, which an index gives at once; what many have is
/// looked up run by run, as a page is full after a few of them. So neither costs what there is.
/// </summary>
internal sealed class RunPredicates(NexusDb db, DateTimeOffset now)
{
    private const int Few = 2000;

    public async Task<Expression<Func<Run, bool>>> OfAsync(FilterNode node, CancellationToken ct) => node switch
    {
        FilterNode.And both => Both(await OfAsync(both.Left, ct), await OfAsync(both.Right, ct)),
        FilterNode.Or either => Either(await OfAsync(either.Left, ct), await OfAsync(either.Right, ct)),
        FilterNode.Not not => Negate(await OfAsync(not.Inner, ct)),
        FilterNode.Compare { Operator: FilterOperator.In } list => await AnyAsync(list, ct),
        FilterNode.Compare compare => compare.Field.Kind switch
        {
            FilterFieldKind.Param => await ParamAsync(compare, ct),
            FilterFieldKind.Metric => await MetricAsync(compare, ct),
            FilterFieldKind.Tag => await TagAsync(compare, ct),
            _ => RunAttributes.Of(db, compare, now),
        },
        _ => throw new InvalidOperationException($"No filter: {node}."),
    };

    private async Task<Expression<Func<Run, bool>>> AnyAsync(FilterNode.Compare list, CancellationToken ct)
    {
        Expression<Func<Run, bool>>? any = null;
        foreach (var value in list.Values)
        {
            var one = await OfAsync(list with { Operator = FilterOperator.Equal, Values = [value] }, ct);
            any = any is null ? one : Either(any, one);
        }

        return any!;
    }

    internal static Expression<Func<Run, bool>> Both(Expression<Func<Run, bool>> left, Expression<Func<Run, bool>> right) =>
        Expression.Lambda<Func<Run, bool>>(Expression.AndAlso(left.Body, new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters[0]);

    private static Expression<Func<Run, bool>> Negate(Expression<Func<Run, bool>> inner) =>
        Expression.Lambda<Func<Run, bool>>(Expression.Not(inner.Body), inner.Parameters[0]);

    private static RefusedException NoSuchOperator(FilterNode.Compare compare) =>
        Refused.InvalidAt(1, compare.Column, $"Column {compare.Column}: {compare.Field.Name} holds numbers; like is for texts.");

    private async Task<Expression<Func<Run, bool>>> ParamAsync(FilterNode.Compare compare, CancellationToken ct)
    {
        var key = compare.Field.Name;
        var rows = db.RunParams.Where(p => p.Key == key);
        if (compare.Values.Count == 0) return compare.Operator == FilterOperator.IsNull ? run => !rows.Any(p => p.RunId == run.Id) : run => rows.Any(p => p.RunId == run.Id);
        var ids = Chosen(rows, p => p.Number, compare.Operator, compare.Values[0]).Select(p => p.RunId);
        if (await AreFewAsync(ids, ct)) return run => ids.Contains(run.Id);
        var each = Chosen(rows, p => p.Number + 0, compare.Operator, compare.Values[0]);
        return run => each.Any(p => p.RunId == run.Id);
    }

    // The number plus nothing is the same number, but no index is over it: where runs are looked up one by one, the database is to
    // take the index by run, not the one by value.
    private static IQueryable<RunParam> Chosen(IQueryable<RunParam> rows, Expression<Func<RunParam, double?>> by, FilterOperator operation, FilterValue value)
    {
        var (text, whole) = (RunParam.Short(value.Text), value.Text);
        if (operation is FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual)
        {
            return rows.Where(Compared(by, operation, FilterValues.Number(value)));
        }

        if (operation == FilterOperator.Like) return rows.Where(p => EF.Functions.Like(p.Value, whole));
        if (value.Number is { } number)
        {
            var equal = Compared(by, FilterOperator.Equal, number);
            return operation == FilterOperator.Equal
                ? rows.Where(Either(equal, p => p.Number == null && p.Text == text))
                : rows.Where(p => p.Number != null ? p.Number != number : p.Text != text);
        }

        // A value that the short form holds whole needs no look at the long one.
        var cut = whole.Length > RunParam.MaxText;
        return operation == FilterOperator.Equal
            ? rows.Where(p => p.Number == null && p.Text == text && (!cut || p.Value == whole))
            : rows.Where(p => p.Number != null || p.Text != text || (cut && p.Value != whole));
    }

    private async Task<Expression<Func<Run, bool>>> MetricAsync(FilterNode.Compare compare, CancellationToken ct)
    {
        var key = compare.Field.Name;
        var rows = db.RunLatestMetrics.Where(m => m.Key == key);
        if (compare.Values.Count == 0) return compare.Operator == FilterOperator.IsNull ? run => !rows.Any(m => m.RunId == run.Id) : run => rows.Any(m => m.RunId == run.Id);
        if (compare.Operator == FilterOperator.Like) throw NoSuchOperator(compare);
        var bound = FilterValues.Number(compare.Values[0]);
        var ids = rows.Where(Compared<RunLatestMetric>(m => m.Value, compare.Operator, bound)).Select(m => m.RunId);
        if (await AreFewAsync(ids, ct)) return run => ids.Contains(run.Id);
        var each = rows.Where(Compared<RunLatestMetric>(m => m.Value + 0, compare.Operator, bound));
        return run => each.Any(m => m.RunId == run.Id);
    }

    private async Task<Expression<Func<Run, bool>>> TagAsync(FilterNode.Compare compare, CancellationToken ct)
    {
        var key = compare.Field.Name;
        var rows = db.RunTags.Where(t => t.Key == key);
        if (compare.Values.Count == 0) return compare.Operator == FilterOperator.IsNull ? run => !rows.Any(t => t.RunId == run.Id) : run => rows.Any(t => t.RunId == run.Id);
        var value = compare.Values[0].Text;
        var chosen = compare.Operator switch
        {
            FilterOperator.Equal => rows.Where(t => t.Value == value),
            FilterOperator.NotEqual => rows.Where(t => t.Value != value),
            FilterOperator.Like => rows.Where(t => EF.Functions.Like(t.Value, value)),
            _ => throw Refused.InvalidAt(1, compare.Column, $"Column {compare.Column}: tags are texts; they are compared by =, !=, like, in."),
        };
        var ids = chosen.Select(t => t.RunId);
        return await AreFewAsync(ids, ct) ? run => ids.Contains(run.Id) : run => chosen.Any(t => t.RunId == run.Id);
    }

    private static Expression<Func<T, bool>> Compared<T>(Expression<Func<T, double?>> by, FilterOperator operation, double? bound)
    {
        Expression<Func<double?>> held = () => bound;
        var body = operation switch
        {
            FilterOperator.Equal => Expression.Equal(by.Body, held.Body),
            FilterOperator.NotEqual => Expression.NotEqual(by.Body, held.Body),
            FilterOperator.Less => Expression.LessThan(by.Body, held.Body),
            FilterOperator.LessOrEqual => Expression.LessThanOrEqual(by.Body, held.Body),
            FilterOperator.Greater => Expression.GreaterThan(by.Body, held.Body),
            _ => Expression.GreaterThanOrEqual(by.Body, held.Body),
        };
        return Expression.Lambda<Func<T, bool>>(body, by.Parameters);
    }

    private static Expression<Func<T, bool>> Either<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters[0]);

    private static async Task<bool> AreFewAsync(IQueryable<Guid> ids, CancellationToken ct) => await ids.Take(Few + 1).CountAsync(ct) <= Few;

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
