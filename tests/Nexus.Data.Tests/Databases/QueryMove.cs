#pragma warning disable EF1001 // As in ShadowQueryCompiler.
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace Nexus.Data.Tests.Databases;

/// <summary>The same query over another context.</summary>
internal sealed class QueryMove(NexusDb to) : ExpressionVisitor
{
    /// <summary>Whether it has raw SQL in it.</summary>
    public bool OwnSql { get; private set; }

    protected override Expression VisitExtension(Expression node)
    {
        if (node is not QueryRootExpression) return base.VisitExtension(node);
        if (node is not EntityQueryRootExpression root || root.GetType() != typeof(EntityQueryRootExpression))
        {
            OwnSql = true;
            return node;
        }

        return new EntityQueryRootExpression(to.GetService<IAsyncQueryProvider>(), to.Model.FindEntityType(root.EntityType.Name)!);
    }

    protected override Expression VisitMember(MemberExpression node) => Queried(node) ?? base.VisitMember(node);

    protected override Expression VisitMethodCall(MethodCallExpression node) => (node.Object is null ? null : Queried(node)) ?? base.VisitMethodCall(node);

    protected override Expression VisitConstant(ConstantExpression node) => node.Value switch
    {
        NexusDb => Expression.Constant(to),
        IQueryable query when query.Expression != node => Visit(query.Expression),
        _ => node,
    };

    /// <summary>A set of the context, or a query made before, that the query refers to.</summary>
    private Expression? Queried(Expression node)
    {
        if (!typeof(IQueryable).IsAssignableFrom(node.Type) || new Parameters().AreIn(node)) return null;
        var query = (IQueryable)Expression.Lambda(node).Compile(preferInterpretation: true).DynamicInvoke()!;
        return Visit(query.Expression);
    }

    private sealed class Parameters : ExpressionVisitor
    {
        private bool _found;

        public bool AreIn(Expression node)
        {
            Visit(node);
            return _found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found = true;
            return node;
        }
    }
}
