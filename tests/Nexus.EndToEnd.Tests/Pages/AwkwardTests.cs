using Xunit;

namespace Nexus.EndToEnd.Tests.Pages;

/// <summary>The same demands as with ordinary data, where the data are not ordinary.</summary>
[Trait("Length", "Long")]
public sealed class AwkwardTests(AwkwardPortal portal) : IClassFixture<AwkwardPortal>
{
    public static TheoryData<string> Paths =>
    [
        "/",
        "/agents", "/agents/{long}", "/agents/{long}/decisions", "/agents/{long}/monitoring",
        "/models", "/models/{long}", "/models/{long}/1", "/models/{long}/1/slices", "/models/{long}/1/what-if", "/models/{long}/1/signature", "/models/{long}/1/lineage", "/models/{long}/1/card",
        "/runs", "/runs?pipeline={doomed}", "/runs/{run}", "/runs/{failed}", "/runs/compare?filter=pipeline = '{doomed}'", "/lineage/model/{long}@1",
        "/pipelines", "/pipelines/{long}",
        "/datasets", "/datasets/{long}", "/datasets/{long}/1/preview", "/datasets/{long}/1/correlations", "/datasets/{long}/1/query", "/datasets/empty", "/datasets/empty/1/preview", "/datasets/scripts", "/datasets/scripts/1/preview",
        "/datasets/million", "/datasets/million/1/preview", "/datasets/million/1/correlations",
        "/approvals", "/approvals/{approval}",
        "/audit",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public Task Page_holds_what_does_not_fit(string path) =>
        PageCheck.OpenToEverybodyAsync(portal.Visitor, portal.Path(path), NameOf(path), dark: false);

    private static string NameOf(string path) =>
        string.Join('-', path.Split(['/', '?', '=', ' ', '@', '\'', '{', '}'], StringSplitOptions.RemoveEmptyEntries).Prepend("awkward"));
}
