using Nexus.Data;
using Nexus.Data.Datasets.Queries;
using Nexus.Inference;
using Nexus.Inference.Registry;
using Nexus.Jobs;
using Nexus.Web.Agents;
using Nexus.Web.Audit;
using Nexus.Web.Datasets;
using Nexus.Web.Feedback;
using Nexus.Web.Governance;
using Nexus.Web.Identity;
using Nexus.Web.Lineage;
using Nexus.Web.Live;
using Nexus.Web.Monitoring;
using Nexus.Web.Nodes;
using Nexus.Web.Pipelines;
using Nexus.Web.Platform;
using Nexus.Web.Registry;
using Nexus.Web.Samples;
using Nexus.Web.Search;
using Nexus.Web.Shell;
using Nexus.Web.Sweeps;

// The same executable answers a query, or tries a model, in a process of its own.
if (args is [TableQueryWorker.Argument]) return TableQueryWorker.Run();
if (args is [ModelTrialWorker.Argument]) return ModelTrialWorker.Run();
if (HealthProbe.Is(args)) return await HealthProbe.RunAsync(args);
if (BackupVerb.Is(args)) return await BackupVerb.RunAsync(args);

// A published folder runs from anywhere: its settings and assets lie beside the executable.
var published = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
var builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = published ? AppContext.BaseDirectory : null,
});

// From a build, too, assets are served in every environment, not in Development alone.
if (!published) builder.WebHost.UseStaticWebAssets();

builder.Services
    .AddNexusData(builder.Configuration)
    .AddNexusInference()
    .AddNexusJobs()
    .AddPlatformWeb()
    .AddTelemetryWeb(builder.Configuration)
    .AddLiveWeb()
    .AddShellWeb()
    .AddIdentityWeb()
    .AddAuditWeb()
    .AddDatasetWeb()
    .AddPipelineWeb()
    .AddRegistryWeb()
    .AddGovernanceWeb()
    .AddAgentWeb()
    .AddMonitoringWeb()
    .AddFeedbackWeb()
    .AddLineageWeb()
    .AddSearchWeb()
    .AddSweepWeb()
    .AddSampleWeb();

var app = builder.Build();

app.UsePlatform();

var api = app.MapGroup("/api/v1");
api.MapIdentity();
api.MapAudit();
api.MapDatasets();
api.MapPipelines();
api.MapRegistry();
api.MapGovernance();
api.MapAgents();
api.MapMonitoring();
api.MapFeedback();
api.MapLineage();
api.MapSearch();
api.MapSweeps();
api.MapSamples();
api.MapNodes();

app.MapSignIn();
app.MapInference();
app.MapLive();
app.MapPlatform();
app.MapSchemas();
app.MapShell();

await app.StartPortalAsync();
await app.WaitForShutdownAsync();
return 0;
