using Microsoft.AspNetCore.Components;

namespace Nexus.Web.Shell.Home;

/// <summary>What needs me? First what waits for this person, then how the agents are, then what runs and what happened.</summary>
public sealed partial class HomePage : ComponentBase
{
    private static readonly string[] Small = ["Nothing", "One thing", "Two things", "Three things", "Four things", "Five things", "Six things", "Seven things", "Eight things", "Nine things"];
    private string _title = "Home";
    private string _say = "";

    private void TellNeeds(NeedCount needs) =>
        _title = (needs.Count < Small.Length ? Small[needs.Count] : $"{needs.Count} things") + (needs.Count <= 1 ? " needs you" : " need you");

    private void TellAgents(string agents) => _say = agents;
}
