using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Architecture;

/// <summary>
/// Who may use what: every endpoint and page, for every role and for nobody, as <c>authorization.txt</c> has it. Where a route
/// is added or its roles change, the table is written anew beside the test's output; look at it, then put it in its place.
/// </summary>
public sealed class AuthorizationTableTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private static readonly string Kept = Path.Combine(Repository.Root, "tests/Nexus.Web.Tests/Architecture/authorization.txt");

    [Fact]
    public async Task Endpoints_are_open_to_whom_the_table_says()
    {
        var now = new List<string>();
        foreach (var (method, route, endpoint) in Endpoints()) now.Add($"{method,-7}{route,-72}{await WhoAsync(endpoint)}");
        await File.WriteAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "authorization.txt"), now, TestContext.Current.CancellationToken);
        var kept = await File.ReadAllLinesAsync(Kept, TestContext.Current.CancellationToken);

        now.Except(kept).ShouldBeEmpty("these are not in the table; look at them, then copy authorization.txt from the test's output");
        kept.Except(now).ShouldBeEmpty("these are in the table alone");
    }

    [Fact]
    public void Endpoints_name_their_roles()
    {
        Endpoints().Where(e => !e.Endpoint.Metadata.Any(m => m is IAllowAnonymous) && !e.Endpoint.Metadata.OfType<IAuthorizeData>().Any(a => a.Policy is not null))
            .Select(e => $"{e.Method} {e.Route}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Programs_without_a_key_are_refused_everywhere_by_401()
    {
        foreach (var (method, route, endpoint) in Endpoints().Where(e => e.Route.StartsWith("/api", StringComparison.Ordinal) || e.Route.StartsWith("/v2", StringComparison.Ordinal)))
        {
            if (endpoint.Metadata.OfType<IAllowAnonymous>().Any()) continue;
            using var answer = await portal.Anonymous().SendAsync(new(new(method), Filled(route)), TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {route}");
        }
    }

    private IEnumerable<(string Method, string Route, RouteEndpoint Endpoint)> Endpoints() =>
        portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => MethodsOf(e).Select(method => (method, "/" + e.RoutePattern.RawText!.Trim('/'), e)))
            .Where(e => e.Item2.StartsWith("/api/", StringComparison.Ordinal) || !IsAsset(e.Item2))
            .Distinct()
            .OrderBy(e => e.Item2, StringComparer.Ordinal).ThenBy(e => e.method, StringComparer.Ordinal);

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? ["PAGE"]
        : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    /// <summary>Styles, scripts and fonts, which sign-in needs.</summary>
    private static bool IsAsset(string route) =>
        Path.HasExtension(route) && !route.Contains('{', StringComparison.Ordinal) || route.StartsWith("/_", StringComparison.Ordinal) || route.Contains("{**", StringComparison.Ordinal) || route.Contains("{*", StringComparison.Ordinal);

    private async Task<string> WhoAsync(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.OfType<IAllowAnonymous>().Any()) return "anybody";
        var policy = await AuthorizationPolicy.CombineAsync(
            portal.Get<IAuthorizationPolicyProvider>(), endpoint.Metadata.OfType<IAuthorizeData>(), endpoint.Metadata.OfType<AuthorizationPolicy>());
        if (policy is null) return "nobody";
        using var scope = portal.Services.CreateScope();
        var service = (IAuthorizationService)scope.ServiceProvider.GetService(typeof(IAuthorizationService))!;
        var open = new List<string>();
        foreach (var role in Enum.GetNames<Role>())
        {
            var identity = new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.Role, role)], "test");
            if ((await service.AuthorizeAsync(new(identity), endpoint, policy)).Succeeded) open.Add(role);
        }

        return open.Count == Enum.GetNames<Role>().Length ? "every role" : open.Count == 0 ? "nobody" : string.Join(' ', open);
    }

    private static string Filled(string route) => string.Join('/', route.Split('/').Select(part =>
        !part.StartsWith('{') ? part.Contains('{', StringComparison.Ordinal) ? "x" : part
        : part.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : part.Contains(":int", StringComparison.Ordinal) || part.Contains(":long", StringComparison.Ordinal) ? "1" : "x"));
}
