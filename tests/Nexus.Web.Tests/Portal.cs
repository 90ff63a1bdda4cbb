using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nexus.Data.Identity;

namespace Nexus.Web.Tests;

/// <summary>
/// The whole portal over an empty data directory, in this process. <c>As</c> gives a client that acts as a person; a
/// client that carries an Authorization header, or nothing, is authenticated as in production.
/// </summary>
internal sealed class Portal(Action<IServiceCollection>? configure = null, IReadOnlyDictionary<string, string>? settings = null) : WebApplicationFactory<Program>
{
    public static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;
    private readonly string _directory = Directory.CreateTempSubdirectory("nexus-web-").FullName;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public HttpClient As(string name, params Role[] roles) => As(name, null, roles);

    /// <param name="keyMadeBy">Where the client is to act by a key: who made it.</param>
    public HttpClient As(string name, string? keyMadeBy, params Role[] roles)
    {
        var client = CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add(TestIdentity.Header, $"{name};{string.Join(',', roles)};{keyMadeBy}");
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Nexus:DataDirectory", _directory);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        foreach (var (key, value) in settings ?? new Dictionary<string, string>()) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddAuthentication(options => options.DefaultScheme = "TestOrReal")
                .AddPolicyScheme("TestOrReal", null, scheme => scheme.ForwardDefaultSelector = http =>
                    http.Request.Headers.ContainsKey(TestIdentity.Header) ? TestIdentity.Scheme : "Nexus")
                .AddScheme<AuthenticationSchemeOptions, TestIdentity>(TestIdentity.Scheme, null);
            configure?.Invoke(services);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}
