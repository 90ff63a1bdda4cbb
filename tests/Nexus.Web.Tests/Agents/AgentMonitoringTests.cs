using Bunit;
using Nexus.Inference.Monitoring;
using Nexus.Web.Agents;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Agents;

public sealed class AgentMonitoringTests : BunitContext
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Feature_without_enough_decisions_is_unknown_and_shows_no_index()
    {
        var page = Render<AgentMonitoring>(p => p.Add(m => m.Drift, Report(Feature("x", DriftStates.NotEnoughData, n: 8, psi: 0.7))));

        page.Find(".s").ClassList.ShouldContain("unk");
        page.Find(".s").TextContent.ShouldBe("not enough data");
        page.Find("tbody tr").TextContent.ShouldNotContain("0.7");
    }

    [Fact]
    public void Drifting_feature_opens_its_bins_and_its_test_in_words()
    {
        var page = Render<AgentMonitoring>(p => p.Add(m => m.Drift, Report(Feature("x", DriftStates.Drifts, n: 500, psi: 0.31), Feature("y", DriftStates.Stable, 500, 0.001))));
        page.FindAll(".s").Select(s => s.TextContent).ShouldBe(["drifts far", "stable"]);

        page.Find("button.name").Click();

        page.Find("button.name").GetAttribute("aria-expanded").ShouldBe("true");
        page.Markup.ShouldContain("Population stability index 0.310 over 500 decisions, limit 0.0200");
        page.FindAll(".bins tbody tr").Count.ShouldBe(3);
    }

    [Fact]
    public void Wide_agents_list_the_most_serious_features_first_and_all_when_asked_with_names_cut_in_the_middle()
    {
        var name = new string('a', 60);
        var page = Render<AgentMonitoring>(p => p.Add(m => m.Drift, Report([.. Enumerable.Range(0, 200).Select(i => Feature($"{name}{i}", DriftStates.Stable, 500, 0.001))])));

        page.FindAll("tbody tr").Count.ShouldBe(40);
        page.Find("button.more").Click();

        page.FindAll("tbody tr").Count.ShouldBe(200);
        page.Find("button.name").TextContent.ShouldContain("…");
    }

    private static DriftReport Report(params FeatureDrift[] features) =>
        new("price", 1, "P1D", Noon.AddDays(-1), Noon, false, features[0].N, features[0].State, 0.033, "P30D", features);

    private static FeatureDrift Feature(string name, string state, long n, double psi) => new(
        name, "numeric", state, n, 220, psi, 0.02, 0.0001, state == DriftStates.NotEnoughData ? null : 0.0002, 0, 0,
        ["≤ 0.5", "> 0.5", "missing"], [0.5, 0.5, 0], [0.2, 0.8, 0], 0, 1, [], null);
}
