using System.Linq.Expressions;

namespace Nexus.Data.Pipelines;

/// <summary>The next rows by a value and, among equal ones, by id; in either direction.</summary>
internal sealed class Slice<TRow, TValue>(Expression<Func<TRow, TValue>> by, Expression<Func<TRow, Guid>> id, bool descending)
{
    public IQueryable<TRow> Of(IQueryable<TRow> query, (TValue Value, Guid Id)? after, int take)
    {
        if (after is { } last) query = query.Where(Beyond(last.Value, last.Id));
        var ordered = descending ? query.OrderByDescending(by).ThenByDescending(id) : query.OrderBy(by).ThenBy(id);
        return ordered.Take(take);
    }

    private Expression<Func<TRow, bool>> Beyond(TValue value, Guid last)
    {
        var row = by.Parameters[0];
        var idBody = new Swap(id.Parameters[0], row).Visit(id.Body);
        // Held as members, not constants, so that EF Core sends parameters and reuses the plan.
        Expression<Func<TValue>> valueHeld = () => value;
        Expression<Func<Guid>> lastHeld = () => last;
        var compared = typeof(TValue) == typeof(string)
            ? Expression.Call(typeof(string), nameof(string.Compare), null, by.Body, valueHeld.Body)
            : null;
        var further = compared is null ? Than(by.Body, valueHeld.Body) : Than(compared, Expression.Constant(0));
        var ids = Than(Expression.Call(idBody, nameof(Guid.CompareTo), null, lastHeld.Body), Expression.Constant(0));
        return Expression.Lambda<Func<TRow, bool>>(Expression.OrElse(further, Expression.AndAlso(Expression.Equal(by.Body, valueHeld.Body), ids)), row);
    }

    private BinaryExpression Than(Expression left, Expression right) => descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right);

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
