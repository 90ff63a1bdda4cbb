using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Nexus.Data;
using Nexus.Data.Storage.Workers;
using Nexus.Data.Nodes;
using Nexus.Web.Agents;
using Nexus.Web.Identity;
using Nexus.Web.Nodes;
using Nexus.Web.Shell;
using Scalar.AspNetCore;

namespace Nexus.Web.Platform;

/// <summary>What holds for every request: how refusals look, limits, headers, repeats, the description of the API.</summary>
internal static class PlatformWeb
{
    public static IServiceCollection AddPlatformWeb(this IServiceCollection services)
    {
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = RefusalHandler.Complete);
        services.AddSingleton(WorkerProgram.Of(typeof(Program).Assembly.Location));
        services.AddSingleton<UnknownMembers>();
        services.AddExceptionHandler<RefusalHandler>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that one handler words them all
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // "3" is a text
            json.SerializerOptions.AllowDuplicateProperties = false; // which of two would count?
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow; // a misspelt member must not be as if it were not there
            json.SerializerOptions.Converters.Add(new UtcTimes());
            json.SerializerOptions.Converters.Add(new FreeJson<System.Text.Json.Nodes.JsonObject>());
            json.SerializerOptions.Converters.Add(new FreeJson<System.Text.Json.Nodes.JsonNode>());
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        });
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyLimit.Default;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(connected => connection =>
            {
                connection.Features.Set(new ConnectionMemory());
                return connected(connection);
            }));
        });
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = BodyLimit.Datasets);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(12));
        services.AddApiDescription();
        services.AddDataProtection();
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>()
            .Configure<IOptions<NexusOptions>, SharedKeys, ILoggerFactory>((keys, nexus, shared, log) => keys.XmlRepository = shared.AreOn
                ? new SharedKeyRepository(shared)
                : new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(Directory.CreateDirectory(nexus.Value.PathOf("keys")), log));
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RequestLimits>();
        services.AddHostedService<DatabaseEnd>();
        services.AddHostedService<IdempotencySweep>(NodeRole.Web);
        return services;
    }

    public static void UsePlatform(this WebApplication app)
    {
        var answers = app.Services.GetRequiredService<IOptions<NexusOptions>>().Value.Does(NodeRole.Inference);
        if (answers) app.UseMiddleware<ShortWay>();
        app.Use(((RequestAccessor)app.Services.GetRequiredService<IHttpContextAccessor>()).InvokeAsync);
        app.UseMiddleware<RequestTelemetry>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        if (answers) app.Use(ShortWay.Fail);
        app.UseWhen(http => !ProgramPaths.Match(http.Request.Path), people => people.UseStatusCodePagesWithReExecute("/not-here"));
        app.UseWhen(http => ProgramPaths.Match(http.Request.Path), programs => programs.UseStatusCodePages(pages =>
            pages.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(pages.HttpContext, new ProblemDetails { Status = pages.HttpContext.Response.StatusCode })));
        app.UseRouting();
        app.UseNodeRoles();
        app.UseAuthentication();
        app.UseMiddleware<RequestLimit>();
        app.UseAuthorization();
        app.UseMiddleware<SameOrigin>();
        app.UseMiddleware<OpenConnections>();
        app.UseAntiforgery();
        app.UseMiddleware<OutageGate>();
        app.UseMiddleware<Idempotency>();
    }

    public static void MapPlatform(this WebApplication app)
    {
        app.MapOpenApi("/openapi/v1.json").RequireAuthorization(Policies.Viewer);
        app.MapScalarApiReference("/docs", ApiDescription.Page).RequireAuthorization(Policies.Viewer);
        app.MapTelemetry();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous().ServedByAll();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous().ServedByAll();
    }
}
