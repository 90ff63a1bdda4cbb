using Microsoft.EntityFrameworkCore;
using Nexus.Data.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Registry;

public sealed class ModelEditorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("latest")]
    [InlineData("production")]
    [InlineData("v3")]
    [InlineData("12")]
    [InlineData("Best")]
    public async Task Alias_that_would_mislead_is_invalid(string alias)
    {
        await using var database = await TestDatabase.StartAsync();
        await database.ModelVersionAsync();

        (await Should.ThrowAsync<RefusedException>(() => database.Get<ModelEditor>().SetAliasAsync("price", alias, 1, Given.Engineer, Stop)))
            .Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Alias_names_one_version_and_moves()
    {
        await using var database = await TestDatabase.StartAsync();
        await database.ModelVersionAsync();
        await database.ModelVersionAsync(content: "second");
        var editor = database.Get<ModelEditor>();

        await editor.SetAliasAsync("price", "champion", 1, Given.Engineer, Stop);
        await editor.SetAliasAsync("price", "champion", 2, Given.Engineer, Stop);

        var catalog = database.Get<ModelCatalog>();
        (await catalog.GetByAliasAsync("price", "champion", Stop)).Version.ShouldBe(2);
        (await catalog.GetVersionAsync("price", 1, Stop)).Aliases.ShouldBeEmpty();
        await editor.DeleteAliasAsync("price", "champion", Given.Engineer, Stop);
        (await Should.ThrowAsync<RefusedException>(() => catalog.GetByAliasAsync("price", "champion", Stop))).Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task Delete_of_what_is_used_is_a_conflict_and_says_why()
    {
        await using var database = await TestDatabase.StartAsync();
        await database.ModelVersionAsync();
        var (editor, transitions) = (database.Get<ModelEditor>(), database.Get<TransitionService>());
        Task<RefusedException> Refusal() => Should.ThrowAsync<RefusedException>(() => editor.DeleteVersionAsync("price", 1, Given.Engineer, Stop));

        await editor.SetAliasAsync("price", "champion", 1, Given.Engineer, Stop);
        (await Refusal()).Message.ShouldContain("alias champion");
        await editor.DeleteAliasAsync("price", "champion", Given.Engineer, Stop);
        await transitions.RequestAsync("price", 1, Stage.Staging, "try it", Given.Engineer, Stop);
        (await Refusal()).Message.ShouldContain("Staging");
        await transitions.RequestAsync("price", 1, Stage.None, "", Given.Engineer, Stop);
        await transitions.RequestAsync("price", 1, Stage.Production, "go", Given.Engineer, Stop);
        (await Refusal()).Message.ShouldContain("pending");

        await using var db = database.Open();
        (await db.ModelVersions.CountAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Delete_of_what_nothing_uses_keeps_the_number_taken()
    {
        await using var database = await TestDatabase.StartAsync();
        await database.ModelVersionAsync();

        await database.Get<ModelEditor>().DeleteVersionAsync("price", 1, Given.Engineer, Stop);

        (await database.Get<ModelCatalog>().GetAsync("price", Stop)).Newest.ShouldBeNull();
        (await database.ModelVersionAsync()).Version.ShouldBe(2);
    }

    [Fact]
    public async Task Describe_changes_only_what_is_given()
    {
        await using var database = await TestDatabase.StartAsync();
        await database.ModelVersionAsync();
        var editor = database.Get<ModelEditor>();

        await editor.DescribeAsync("price", 1, "# Card", null, Given.Engineer, Stop);
        await editor.DescribeAsync("price", 1, null, new Dictionary<string, string> { ["team"] = "grid" }, Given.Engineer, Stop);

        var version = await database.Get<ModelCatalog>().GetVersionAsync("price", 1, Stop);
        version.Description.ShouldBe("# Card");
        version.Tags["team"].ShouldBe("grid");
    }
}
