using System.Buffers.Text;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data;

/// <summary>Keyset paging: the cost of a page does not depend on how far it lies back.</summary>
public static class Keyset
{
    /// <summary>
    /// One page by (<paramref name="at"/>, <paramref name="id"/>), newest first. The query must be filtered already; an
    /// index on the filter, the time and the id should stand behind it.
    /// </summary>
    /// <exception cref="RefusedException">Malformed, where the token is not one of ours.</exception>
    public static async Task<Page<T>> ToPageAsync<T>(
        this IQueryable<T> query, Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, Guid>> id, PageRequest page, CancellationToken ct)
    {
        if (page.Token is not null)
        {
            var (time, last) = Position(page.Token);
            query = query.Where(Before(at, id, time, last));
        }

        var rows = await query.OrderByDescending(at).ThenByDescending(id).Take(page.Size + 1).ToListAsync(ct);
        if (rows.Count <= page.Size) return new(rows, null);
        rows.RemoveAt(page.Size);
        var end = rows[^1];
        return new(rows, Token(at.Compile()(end), id.Compile()(end)));
    }

    /// <summary>One page by a unique text, in its ordinal order.</summary>
    public static async Task<Page<T>> ToPageByNameAsync<T>(
        this IQueryable<T> query, Expression<Func<T, string>> name, PageRequest page, CancellationToken ct)
    {
        if (page.Token is not null)
        {
            var last = DecodeText(page.Token);
            Expression<Func<string>> lastHeld = () => last; // a parameter, as below
            var compare = Expression.Call(typeof(string), nameof(string.Compare), null, name.Body, lastHeld.Body);
            query = query.Where(Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(compare, Expression.Constant(0)), name.Parameters));
        }

        var rows = await query.OrderBy(name).Take(page.Size + 1).ToListAsync(ct);
        if (rows.Count <= page.Size) return new(rows, null);
        rows.RemoveAt(page.Size);
        return new(rows, EncodeText(name.Compile()(rows[^1])));
    }

    /// <summary>The token that stands for a text; also of use where a list is keyed by a number.</summary>
    public static string EncodeText(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <exception cref="RefusedException">Malformed, where the token is not one of ours.</exception>
    public static string DecodeText(string token)
    {
        if (token.Length > 512 || !Base64Url.IsValid(token)) throw Refused.Malformed("pageToken is not a token of this list.");
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        return text.Any(char.IsControl) ? throw Refused.Malformed("pageToken is not a token of this list.") : text;
    }

    /// <summary>The token of the page that follows this row.</summary>
    internal static string Token(DateTimeOffset at, Guid id) => EncodeText($"{UtcMicroseconds.From(at)}.{id:N}");

    /// <summary>The row that a token follows.</summary>
    /// <exception cref="RefusedException">Malformed, where the token is not one of ours.</exception>
    internal static (DateTimeOffset At, Guid Id) Position(string token)
    {
        var text = DecodeText(token);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && long.TryParse(text.AsSpan(0, dot), out var at) && at is >= 0 and < 253_402_300_800_000_000 && Guid.TryParseExact(text[(dot + 1)..], "N", out var id)
            ? (UtcMicroseconds.To(at), id)
            : throw Refused.Malformed("pageToken is not a token of this list.");
    }

    private static Expression<Func<T, bool>> Before<T>(
        Expression<Func<T, DateTimeOffset>> at, Expression<Func<T, Guid>> id, DateTimeOffset time, Guid last)
    {
        var row = at.Parameters[0];
        var idBody = new Swap(id.Parameters[0], row).Visit(id.Body);
        // Held as members, not constants, so that EF Core sends parameters and reuses the plan.
        Expression<Func<DateTimeOffset>> timeHeld = () => time;
        Expression<Func<Guid>> lastHeld = () => last;
        var earlier = Expression.LessThan(at.Body, timeHeld.Body);
        var same = Expression.Equal(at.Body, timeHeld.Body);
        var smaller = Expression.LessThan(
            Expression.Call(idBody, nameof(Guid.CompareTo), null, lastHeld.Body), Expression.Constant(0));
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(earlier, Expression.AndAlso(same, smaller)), row);
    }

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
