using Microsoft.AspNetCore.Components;
using Nexus.Data.Storage.Health;

namespace Nexus.Web.Shell;

/// <summary>On every page while this node lacks something: what is stale, what does not work. Else nothing.</summary>
public sealed partial class SystemBanner : ComponentBase
{
    private static readonly string[] Topics = [SystemHealth.Topic];

    private static readonly Dictionary<string, string> Titles = new()
    {
        [SystemHealth.Database] = "The database does not answer",
        [SystemHealth.Disk] = "The disk is full",
        [SystemHealth.Blobs] = "The store of blobs does not answer",
        [SystemHealth.Journal] = "No decisions are made",
    };

    private IReadOnlyList<SystemFault> _faults = [];

    [Inject] public required SystemHealth Health { get; init; }

    protected override void OnInitialized() => Refresh();

    private static string Means(SystemFault fault) => fault.Part == SystemHealth.Database
        ? "What you see may be older than that, and changes are refused until it is back. Decisions are still answered; they wait in the journal and are counted afterwards."
        : fault.What;

    private void Refresh() => _faults = Health.Faults;
}
