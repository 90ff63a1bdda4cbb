using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

/// <summary>The frame comes with the document: before any script has run the rooms are there, those that the person may open.</summary>
public sealed class FirstFrameTests
{
    [Theory]
    [InlineData(Role.Engineer, false)]
    [InlineData(Role.Auditor, true)]
    public async Task Document_brings_the_rooms_that_its_reader_may_open(Role role, bool audit)
    {
        await using var portal = await PortalApp.StartAsync();

        var document = await portal.As("mara", role).GetStringAsync("/agents", TestContext.Current.CancellationToken);

        document.ShouldContain("class=\"first\"");
        document.ShouldContain("<a href=\"agents\" title=\"Agents\" data-key=\"a\" class=\"room on\"");
        document.Contains("href=\"audit\"", StringComparison.Ordinal).ShouldBe(audit);
    }

    [Fact]
    public async Task Page_to_sign_in_at_has_no_rooms()
    {
        await using var portal = await PortalApp.StartAsync();

        var document = await portal.Anonymous().GetStringAsync("/sign-in", TestContext.Current.CancellationToken);

        document.ShouldNotContain("class=\"first\"");
    }
}
