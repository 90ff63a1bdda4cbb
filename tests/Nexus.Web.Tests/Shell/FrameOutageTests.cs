using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Nexus.Data;
using Nexus.Data.Live;
using Nexus.Data.Search;
using Nexus.Web.Identity;
using Nexus.Web.Shell;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Shell;

/// <summary>What the frame does while the database is away: it stands.</summary>
public sealed class FrameOutageTests : BunitContext
{
    private Exception? _failure = new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);

    public FrameOutageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System).AddSingleton<LiveEvents>().AddScoped<Notices>().AddScoped<CurrentActor>();
        Services.AddSingleton<IDbContextFactory<NexusDb>>(new Away(this)).AddSingleton<ITextSearch>(new AwaySearch(this));
        Services.AddSingleton<IPaletteSource>(new AwaySource(this)).AddSingleton<IPaletteSource>(new Standing());
        AddAuthorization().SetAuthorized("ada").SetPolicies([.. Room.All.Select(room => room.Policy).Distinct()]);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public void Rail_stands_without_the_count() => Render<Rail>().FindAll("a.room").Count.ShouldBeGreaterThan(5);

    [Fact]
    public void Rail_stands_where_the_count_fails_for_another_reason()
    {
        _failure = new InvalidOperationException("a fault of ours");

        var rail = Render<Rail>();

        rail.FindAll("a.room").Count.ShouldBeGreaterThan(5);
        rail.Markup.ShouldContain("Unknown how many");
    }

    [Fact]
    public async Task Palette_says_so_and_offers_what_needs_no_database()
    {
        var dialogs = await OpenAsync();

        dialogs.WaitForAssertion(() => dialogs.Find("p.none").TextContent.ShouldContain("no room left"));
        dialogs.FindAll("[role=option]").Count.ShouldBe(1);
        dialogs.Find("#palette-input").Input("run");
        dialogs.WaitForAssertion(() => dialogs.Find("p.none").TextContent.ShouldContain("no room left"));
    }

    [Fact]
    public async Task Palette_that_fails_for_another_reason_fails_alone_and_can_be_tried_again()
    {
        _failure = new InvalidOperationException("a fault of ours");
        var dialogs = await OpenAsync();
        dialogs.WaitForAssertion(() => dialogs.Markup.ShouldContain("Names could not be looked up."));

        _failure = null;
        dialogs.Find(".failure button").Click();

        dialogs.WaitForAssertion(() => dialogs.FindAll("[role=option]").Count.ShouldBe(1));
    }

    private async Task<IRenderedComponent<MudDialogProvider>> OpenAsync()
    {
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();
        await dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<PaletteDialog>(""));
        return dialogs;
    }

    private sealed class Away(FrameOutageTests test) : IDbContextFactory<NexusDb>
    {
        public NexusDb CreateDbContext() => throw test._failure!;
    }

    private sealed class AwaySearch(FrameOutageTests test) : ITextSearch
    {
        public Task<IReadOnlyList<SearchHit>> FindAsync(SearchRequest request, CancellationToken ct) =>
            test._failure is { } failure ? Task.FromException<IReadOnlyList<SearchHit>>(failure) : Task.FromResult<IReadOnlyList<SearchHit>>([]);
    }

    private sealed class AwaySource(FrameOutageTests test) : IPaletteSource
    {
        public Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct) =>
            test._failure is { } failure ? Task.FromException<IReadOnlyList<PaletteItem>>(failure) : Task.FromResult<IReadOnlyList<PaletteItem>>([]);
    }

    private sealed class Standing : IPaletteSource
    {
        public Task<IReadOnlyList<PaletteItem>> ListAsync(PaletteContext context, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<PaletteItem>>([new PaletteItem("Runs", "room") { Href = "/runs" }]);
    }
}
