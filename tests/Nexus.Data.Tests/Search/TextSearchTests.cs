using System.Diagnostics;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nexus.Data.Agents;
using Nexus.Data.Pipelines;
using Nexus.Data.Registry;
using Nexus.Data.Search;
using Nexus.Data.Sweeps;
using Nexus.Data.Tests.Registry;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Search;

public sealed class TextSearchTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.StartAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Title_comes_before_text_and_the_found_words_are_marked()
    {
        await AgentsAsync(("price", "Answers for the café on the corner"), ("corner", "Nothing of note"));

        var hits = await FindAsync("corn");
        var cafe = await FindAsync("CAFE cor");

        hits.Select(h => h.Subject).ShouldBe(["agent/corner", "agent/price"]);
        hits[0].Title.ShouldBe([new("corner", true)]);
        cafe.Single().Snippet.Where(p => p.Found).Select(p => p.Text).ShouldBe(["café", "corner"]);
        cafe.Single().Title.ShouldBe([new("price", false)]);
    }

    [Fact]
    public async Task Change_and_removal_are_found_by_the_next_search()
    {
        await AgentsAsync(("price", "old words"));
        await using var db = _database.Open();
        var agent = await db.Agents.SingleAsync(Stop);

        agent.Description = "fresh words";
        await db.SaveChangesAsync(Stop);
        (await FindAsync("old")).ShouldBeEmpty();
        (await FindAsync("fresh")).Count.ShouldBe(1);

        await db.Agents.ExecuteDeleteAsync(Stop);
        (await FindAsync("fresh")).ShouldBeEmpty();
        (await db.SearchEntries.CountAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Save_that_fails_leaves_no_entry()
    {
        await AgentsAsync(("price", "one"));

        await Should.ThrowAsync<DbUpdateException>(() => AgentsAsync(("price", "unfindable")));

        (await FindAsync("unfindable")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_are_found_by_note_and_tags_and_after_what_is_named_alike()
    {
        var run = await RunAsync("energy", "keep this one");
        await AgentsAsync(("energy-desk", ""));
        await using (var db = _database.Open())
        {
            db.RunTags.Add(new() { RunId = run, Key = "ticket", Value = "NX-1234" });
            await db.SaveChangesAsync(Stop);
            await db.Runs.Where(r => r.Id == run).ExecuteUpdateAsync(r => r.SetProperty(x => x.Note, "splendid"), Stop);
            await Nexus.Data.Search.SearchIndex.RefreshAsync(db, SearchKinds.Run, [run], Stop);
        }

        (await FindAsync("nx 1234")).Single().Subject.ShouldBe($"run/{run}");
        (await FindAsync("splendid")).Count.ShouldBe(1);
        (await FindAsync("keep")).ShouldBeEmpty();
        (await FindAsync("energy")).Select(h => h.Kind).ShouldBe(["pipeline", "agent", "run"], ignoreOrder: true);
        (await FindAsync("energy"))[^1].Kind.ShouldBe("run");
        (await FindAsync("energy", SearchKinds.Run)).Single().Title.ShouldBe([new("energy", true), new(" #1", false)]);
    }

    [Fact]
    public async Task Sweeps_are_found_by_pipeline_number_and_what_they_vary_until_they_are_gone()
    {
        await RunAsync("energy", "");
        await using var db = _database.Open();
        var sweep = new Sweep
        {
            Id = Guid.CreateVersion7(),
            PipelineId = await db.Pipelines.Select(p => p.Id).SingleAsync(Stop),
            PipelineName = "energy",
            Revision = 1,
            Number = 3,
            Overrides = "[\"train.params.leaves=15,31\"]",
            Space = "{}",
            Dataset = "meters@4",
            Strategy = SweepStrategy.Grid,
            Seed = 0,
            Metric = "auc",
            Maximize = true,
            MaxTrials = 2,
            Parallel = 1,
            CreatedAt = DateTimeOffset.UnixEpoch,
            CreatedBy = "eva",
        };
        db.Sweeps.Add(sweep);
        await db.SaveChangesAsync(Stop);

        (await FindAsync("energy 3")).Single().Subject.ShouldBe($"sweep/{sweep.Id}");
        foreach (var words in (string[])["leaves 31", "auc", "meters", "energy sweep"]) (await FindAsync(words, SearchKinds.Sweep)).Count.ShouldBe(1, words);
        (await FindAsync("energy")).Select(h => h.Kind).ShouldBe(["pipeline", "sweep", "run"]);

        await db.Sweeps.Where(s => s.Id == sweep.Id).ExecuteDeleteAsync(Stop);
        (await FindAsync("energy", SearchKinds.Sweep)).ShouldBeEmpty();
        (await db.SearchEntries.CountAsync(e => e.Kind == SearchKinds.Sweep, Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Configs_are_found_until_they_are_deleted_and_again_once_they_are_back()
    {
        await using var db = _database.Open();
        var config = new Config { Id = Guid.CreateVersion7(), Group = "training", Name = "fast", Path = "training/fast", CreatedAt = DateTimeOffset.UnixEpoch, CreatedBy = "eva", Revision = 1 };
        db.Configs.Add(config);
        await db.SaveChangesAsync(Stop);
        (await FindAsync("fast")).Single().Subject.ShouldBe("config/training/fast");

        config.DeletedAt = DateTimeOffset.UnixEpoch;
        await db.SaveChangesAsync(Stop);
        (await FindAsync("fast")).ShouldBeEmpty();
        (await _database.Services.GetServices<IHostedService>().OfType<SearchFill>().Single().FillAsync(Stop)).ShouldBe(0);

        config.DeletedAt = null;
        await db.SaveChangesAsync(Stop);
        (await FindAsync("fast")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Model_versions_aliases_and_tags_are_found()
    {
        await _database.ModelVersionAsync("price");
        await _database.Get<ModelEditor>().SetAliasAsync("price", "champion", 1, Given.Engineer, Stop);

        (await FindAsync("price")).Select(h => h.Subject).ShouldBe(["model/price", "model/price@1"]);
        (await FindAsync("champ")).Single().Subject.ShouldBe("model/price");
    }

    [Fact]
    public async Task Text_without_a_word_finds_nothing_and_operators_are_words_like_any_other()
    {
        await AgentsAsync(("price", "answers"));

        string[] wordless = ["", "  \t ", "\"", "* ( ) : ^ - + { } , ; --", "\u0000\u0002\u0003", "\ud800"];
        string[] operators = ["price OR 1=1", "NEAR(price answers, 2)", "Kind : agent", "\"price\" AND NOT answers", "price'; DROP TABLE SearchEntries; --"];
        foreach (var text in wordless.Concat(operators)) (await FindAsync(text)).ShouldBeEmpty(text);
        (await FindAsync("price")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Any_text_is_searched_for_without_an_error()
    {
        await AgentsAsync(("price", "answers"));

        await Gen.OneOf(Gen.String[Gen.Char, 0, 40], Gen.String[Gen.Char["\"'*()^:-+{}NEAROT price"], 0, 40]).SampleAsync(async text => await FindAsync(text), iter: 300);
    }

    [Fact]
    public async Task Bounds_are_kept()
    {
        foreach (var request in (SearchRequest[])[new(new('x', 201)), new("x", "person"), new("x", null, 101), new("x", null, 0)])
            (await Should.ThrowAsync<RefusedException>(() => _database.Get<ITextSearch>().FindAsync(request, Stop))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Things_without_an_entry_are_entered_at_start_once()
    {
        await AgentsAsync([.. Enumerable.Range(0, 1100).Select(i => ($"a{i}", "forgotten"))]);
        await using var db = _database.Open();
        await db.SearchEntries.ExecuteDeleteAsync(Stop);
        var fill = _database.Services.GetServices<IHostedService>().OfType<SearchFill>().Single();

        (await fill.FillAsync(Stop)).ShouldBe(1100);
        (await fill.FillAsync(Stop)).ShouldBe(0);
        (await FindAsync("forgotten")).Count.ShouldBe(20);
    }

    [Fact]
    public async Task Twenty_thousand_entries_answer_one_letter_quickly()
    {
        await using (var db = _database.Open())
        {
            db.SearchEntries.AddRange(Enumerable.Range(0, 20_000).Select(i => new SearchEntry
            {
                ThingId = Guid.NewGuid(),
                Kind = "run",
                Subject = $"run/{i}",
                Title = $"energy #{i}",
                Text = "note of a run",
                At = DateTimeOffset.UnixEpoch.AddSeconds(i),
            }));
            await db.SaveChangesAsync(Stop);
        }

        await FindAsync("e");
        var watch = Stopwatch.StartNew();
        var hits = await FindAsync("e n");

        watch.ElapsedMilliseconds.ShouldBeLessThan(500);
        hits[0].Subject.ShouldBe("run/19999");
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.ElapsedMilliseconds} ms");
    }

    private Task<IReadOnlyList<SearchHit>> FindAsync(string text, string? kind = null) => _database.Get<ITextSearch>().FindAsync(new(text, kind), Stop);

    private async Task AgentsAsync(params (string Name, string Description)[] agents)
    {
        await using var db = _database.Open();
        var now = DateTimeOffset.UnixEpoch;
        db.Agents.AddRange(agents.Select(a => new Agent { Id = Guid.CreateVersion7(), Name = a.Name, Description = a.Description, ModelName = "none", CreatedAt = now, CreatedBy = "eva", ChangedAt = now }));
        await db.SaveChangesAsync(Stop);
    }

    private async Task<Guid> RunAsync(string pipeline, string note)
    {
        await using var db = _database.Open();
        var (id, of, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), DateTimeOffset.UnixEpoch);
        db.Pipelines.Add(new() { Id = of, Name = pipeline, CreatedAt = now, CreatedBy = "eva", Revision = 1, Runs = 1 });
        db.Runs.Add(new()
        {
            Id = id,
            PipelineId = of,
            PipelineName = pipeline,
            Revision = 1,
            Number = 1,
            Trigger = "manual",
            CreatedAt = now,
            CreatedBy = "eva",
            Overrides = "[]",
            Composed = "{}",
            ComposedDigest = "",
            Environment = "{}",
            Note = note,
        });
        await db.SaveChangesAsync(Stop);
        return id;
    }
}
