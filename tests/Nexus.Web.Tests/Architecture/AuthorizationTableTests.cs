using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Identity;
using Nexus.Web.Live;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Architecture;

/// <summary>
/// Who may use what: every endpoint, page and call of the hub, for every role and for nobody, as <c>authorization.txt</c> has it. Where a route
/// is added or its roles change, the table is written anew beside the test's output; look at it, then put it in its place.
/// </summary>
public sealed class AuthorizationTableTests(PortalApp portal) : IClassFixture<PortalApp>
{
    // The framework's own: files that the map of assets lacks, of which there are none, and the other half of a form's redirect.
    private static readonly string[] Framework = ["{**path:file}", "_framework/opaque-redirect"];

    private static readonly string Kept = Path.Combine(Repository.Root, "tests/Nexus.Web.Tests/Architecture/authorization.txt");

    [Fact]
    public async Task Endpoints_are_open_to_whom_the_table_says()
    {
        var now = new List<string>();
        foreach (var (method, route, endpoint) in Endpoints()) now.Add($"{method,-7}{route,-72}{await WhoAsync(endpoint)}");
        now.AddRange(await HubAsync());
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
    public async Task Calls_are_answered_as_the_table_says_to_every_role_and_to_nobody()
    {
        var calls = new List<(string Method, string Route, HashSet<string>? Open)>();
        foreach (var (method, route, endpoint) in Endpoints())
        {
            var who = await WhoAsync(endpoint);
            calls.Add((method is "PAGE" or "ANY" ? "GET" : method, route, who switch { "anybody" => null, "every role" => [.. Enum.GetNames<Role>()], _ => [.. who.Split(' ')] }));
        }

        var wrong = await Task.WhenAll(Enum.GetNames<Role>().Append("").Select(async role =>
        {
            var name = role.Length > 0 ? $"calls-{role.ToLowerInvariant()}" : "nobody";
            using var client = role.Length > 0 ? portal.WithKey(await portal.KeyAsync(name, Enum.Parse<Role>(role))) : portal.Anonymous();
            var found = new List<string>();
            foreach (var (method, route, open) in calls)
            {
                using var request = new HttpRequestMessage(new(method), Filled(route, name));

                // Refused once it is known that the caller may: nothing begins here.
                if (method == "POST") request.Headers.Add("Idempotency-Key", new string('k', 300));
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                if (!IsAsItOught(answer, open, role)) found.Add($"{(int)answer.StatusCode} to '{role}' for {method} {route}");
            }

            return found;
        }));

        wrong.SelectMany(w => w).ShouldBeEmpty();
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

    private static bool IsAsItOught(HttpResponseMessage answer, HashSet<string>? open, string role) =>
        open is null || open.Contains(role) ? answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && answer.Headers.Location?.OriginalString.Contains("/sign-in?", StringComparison.Ordinal) != true
        : role.Length > 0 ? answer.StatusCode == HttpStatusCode.Forbidden
        : answer.StatusCode == HttpStatusCode.Unauthorized || answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("/sign-in?", StringComparison.Ordinal);

    /// <summary>Who may call what of the hub, as it answers them.</summary>
    private async Task<List<string>> HubAsync()
    {
        string[] calls = [.. LiveTopics.Forms.Select(topic => $"Subscribe({topic})"), "Unsubscribe(approvals)"];
        typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetBaseDefinition() == m)
            .Select(m => m.Name).ShouldBe(["Subscribe", "Unsubscribe"], ignoreOrder: true);
        var open = calls.ToDictionary(c => c, _ => new List<string>());
        foreach (var role in Enum.GetNames<Role>())
        {
            var key = await portal.KeyAsync($"hub-{role.ToLowerInvariant()}", Enum.Parse<Role>(role));
            await using var hub = new HubConnectionBuilder().WithUrl(new Uri(portal.ClientOptions.BaseAddress, "/hubs/live"), http => http.AccessTokenProvider = () => Task.FromResult<string?>(key)).Build();
            await hub.StartAsync(TestContext.Current.CancellationToken);
            foreach (var call in calls)
            {
                var topic = call[(call.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Replace("{name}", "x", StringComparison.Ordinal).Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal);
                try
                {
                    await hub.InvokeAsync(call[..call.IndexOf('(', StringComparison.Ordinal)], topic, TestContext.Current.CancellationToken);
                    open[call].Add(role);
                }
                catch (HubException)
                {
                    // Not for this role.
                }
            }
        }

        return [.. calls.Select(call => $"{"HUB",-7}{"/hubs/live " + call,-72}{Words(open[call])}")];
    }

    private IEnumerable<(string Method, string Route, RouteEndpoint Endpoint)> Endpoints() =>
        portal.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => MethodsOf(e).Select(method => (method, "/" + e.RoutePattern.RawText!.Trim('/'), e)))
            .Where(e => !IsAsset(e.e))
            .Distinct()
            .OrderBy(e => e.Item2, StringComparer.Ordinal).ThenBy(e => e.method, StringComparer.Ordinal);

    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null ? ["PAGE"]
        : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    /// <summary>Styles, scripts and fonts, which sign-in needs: by what the framework says of them, not by how they are called.</summary>
    private static bool IsAsset(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || Framework.Contains(endpoint.RoutePattern.RawText!.TrimStart('/'));

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

        return Words(open);
    }

    private static string Words(List<string> open) => open.Count == Enum.GetNames<Role>().Length ? "every role" : open.Count == 0 ? "nobody" : string.Join(' ', open);

    private static string Filled(string route, string person = "x") => string.Join('/', route.Split('/').Select(part =>
        !part.StartsWith('{') ? part.Contains('{', StringComparison.Ordinal) ? "x" : part
        : part.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : part.Contains(":int", StringComparison.Ordinal) || part.Contains(":long", StringComparison.Ordinal) ? "1"
        : part == "{userName}" ? person : "x"));
}
