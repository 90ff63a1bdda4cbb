using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Nexus.Data.Agents;
using Nexus.Data.Datasets;
using Nexus.Data.Feedback;
using Nexus.Data.Identity;
using Nexus.Data.Monitoring;
using Nexus.Data.Storage;
using Nexus.Data.Tests.Databases;
using Shouldly;
using Xunit;

namespace Nexus.Data.Tests.Agents;

public sealed class DecisionArchiveTests : IAsyncLifetime
{
    private static readonly Actor Ada = new("ada", new HashSet<Role> { Role.Labeler });
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid AgentId = Guid.Parse("0197a000-0000-7000-8000-000000000001");

    private static readonly string RefuseDeletes = TestStore.IsPostgreSql
        ? """
          CREATE FUNCTION refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
          CREATE TRIGGER refuse BEFORE DELETE ON "Decisions" FOR EACH ROW EXECUTE FUNCTION refuse_delete();
          """
        : """CREATE TRIGGER refuse BEFORE DELETE ON "Decisions" BEGIN SELECT RAISE(ABORT, 'killed'); END;""";

    private static readonly string AllowDeletes = TestStore.IsPostgreSql ? """DROP TRIGGER refuse ON "Decisions";""" : "DROP TRIGGER refuse;";

    private readonly FakeTimeProvider _time = new(Noon) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
    private readonly List<Decision> _all = [];
    private readonly Meanwhile _meanwhile = new();
    private TestDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DecisionReader Reader => _database.Get<DecisionReader>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.StartAsync(_time, services => services.ConfigureDbContext<NexusDb>(db => db.AddInterceptors(_meanwhile)));
        await using var db = _database.Open();
        db.Agents.Add(new() { Id = AgentId, Name = "prices", ModelName = "price", CreatedAt = Noon, CreatedBy = "ada", ChangedAt = Noon });
        await db.SaveChangesAsync(Stop);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Old_decisions_move_and_are_read_as_before_by_id_by_list_and_over_the_border()
    {
        // Four decisions a day, some of the very same microsecond; 90 days stay.
        await FillAsync(days: 95, perDay: 4);
        var before = await ListAsync(new(), 7);

        (await ArchiveAsync()).ShouldBeGreaterThan(0);
        (await ArchiveAsync()).ShouldBe(0);

        await using var db = _database.Open();
        var hot = await db.Decisions.CountAsync(Stop);
        hot.ShouldBeInRange(1, _all.Count - 1);
        (await db.DecisionArchives.SumAsync(a => a.Rows, Stop)).ShouldBe(_all.Count - hot);
        foreach (var size in (int[])[11, 1000]) (await ListAsync(new(), size)).Select(Text).ShouldBe(before.Select(Text), $"in pages of {size}");
        foreach (var decision in _all.Where(d => d.At < Noon.AddDays(-88))) Text(await Reader.GetAsync(decision.Id, Stop)).ShouldBe(Text(before.Single(b => b.Id == decision.Id)));
        (await Should.ThrowAsync<RefusedException>(() => Reader.GetAsync(Guid.CreateVersion7(Noon.AddDays(-95)), Stop))).Kind.ShouldBe(RefusalKind.NotFound);

        foreach (var filter in (DecisionFilter[])[new(Label: "UP"), new(From: Noon.AddDays(-93), To: Noon.AddDays(-88)), new(Unit: "unit 3"), new(Unit: "it's \0"), new(Subject: "nobody"), new(ModelVersion: 2, Variant: "production")])
            (await ListAsync(filter, 60)).Select(d => d.Id).ShouldBe(before.Where(d => Fits(d, filter)).Select(d => d.Id), filter.ToString());
    }

    [Fact]
    public async Task Feedback_on_what_has_moved_stays_joined_and_what_comes_later_is_joined_and_counted()
    {
        await FillAsync(days: 93, perDay: 1);
        var (labeled, late) = (_all[0], _all[1]);
        await TellAsync(labeled.Id, "UP");
        await ArchiveAsync();

        (await Reader.GetAsync(labeled.Id, Stop)).ShouldSatisfyAllConditions(d => d.TrueLabel.ShouldBe("UP"), d => d.Feedback.Count.ShouldBe(1));
        await TellAsync(late.Id, late.Label!);
        await TellAsync(labeled.Id, "DOWN");

        (await Reader.GetAsync(late.Id, Stop)).TrueLabel.ShouldBe(late.Label);
        (await Reader.GetAsync(labeled.Id, Stop)).TrueLabel.ShouldBe("DOWN");
        (await _database.Get<FeedbackReader>().ListAsync("prices", new(), Stop)).Items.Count.ShouldBe(3);
        await using var db = _database.Open();
        (await db.FeedbackItems.CountAsync(i => i.JoinedAt == null, Stop)).ShouldBe(0);
        var minutes = await db.MonitoringMinutes.Where(m => m.Minute < Noon.AddDays(-90)).ToListAsync(Stop);
        minutes.Sum(m => m.Labeled).ShouldBe(2);
        minutes.Sum(m => m.Correct).ShouldBe((labeled.Label == "DOWN" ? 1 : 0) + 1);
    }

    [Fact]
    public async Task Label_whose_decision_moves_while_it_waits_for_its_turn_meets_it()
    {
        await FillAsync(days: 93, perDay: 1);
        var moving = _all[0];
        _meanwhile.Do = ArchiveAsync;

        await TellAsync(moving.Id, "UP");

        await using var db = _database.Open();
        (await db.Decisions.AnyAsync(d => d.Id == moving.Id, Stop)).ShouldBeFalse();
        (await db.FeedbackItems.CountAsync(i => i.JoinedAt == null, Stop)).ShouldBe(0);
        (await Reader.GetAsync(moving.Id, Stop)).TrueLabel.ShouldBe("UP");
    }

    [Fact]
    public async Task Label_that_comes_between_the_file_and_the_deletion_is_in_the_file()
    {
        await FillAsync(days: 93, perDay: 1);
        var moving = _all[0];
        _meanwhile.Do = () => TellAsync(moving.Id, "told meanwhile");

        await ArchiveAsync();

        await using var db = _database.Open();
        (await db.Decisions.AnyAsync(d => d.Id == moving.Id, Stop)).ShouldBeFalse();
        (await _database.Get<ArchivedDecisions>().FindAsync(db, [moving.Id], Stop)).ShouldHaveSingleItem().TrueLabel.ShouldBe("told meanwhile");
    }

    [Fact]
    public async Task Decisions_that_move_between_a_look_at_the_database_and_one_at_the_archive_are_listed_once()
    {
        await FillAsync(days: 95, perDay: 4);
        await using var db = _database.Open();
        var hot = await db.Decisions.AsNoTracking().ToPageAsync(d => d.At, d => d.Id, new(1000), Stop);
        await ArchiveAsync();

        var page = await _database.Get<ArchivedDecisions>().ContinueAsync(db, AgentId, new(), new(1000), hot, Stop);

        page.Items.Select(d => d.Id).ShouldBe(_all.OrderByDescending(d => d.At).ThenByDescending(d => d.Id.ToString("N"), StringComparer.Ordinal).Select(d => d.Id));
        page.NextPageToken.ShouldBeNull();
    }

    [Theory]
    [InlineData(8, 60)]
    [InlineData(1000, 0)]
    public async Task Filter_that_finds_little_reads_few_files_a_page_and_all_of_them_page_by_page(int filesPerPage, int secondsPerPage)
    {
        await FillAsync(days: 116, perDay: 2); // of the same time, which a page's border lies on
        await ArchiveAsync();
        await using var db = _database.Open();
        var files = await db.DecisionArchives.CountAsync(Stop);
        files.ShouldBeGreaterThan(24);
        var reader = new DecisionReader(
            _database.Get<IDbContextFactory<NexusDb>>(),
            new ArchivedDecisions(_database.Get<BlobStore>(), _database.Get<TableEngine>()) { FilesPerPage = filesPerPage, TimePerPage = TimeSpan.FromSeconds(secondsPerPage) });
        foreach (var (filter, found) in new (DecisionFilter, int)[] { (new(Subject: "nobody"), 0), (new(To: Noon.AddDays(-114)), 2), (new(Label: "UP"), 116) })
        {
            var (pages, ids, page) = (new List<int>(), new List<Guid>(), new PageRequest(100));
            do
            {
                var next = await reader.ListAsync("prices", filter, page, Stop);
                pages.Add(next.Items.Count);
                ids.AddRange(next.Items.Select(d => d.Id));
                page = page with { Token = next.NextPageToken };
            }
            while (page.Token is not null);

            ids.ShouldBe((await ListAsync(filter, 100)).Select(d => d.Id), filter.ToString());
            ids.Count.ShouldBe(found, filter.ToString());
            if (filter.To is null) pages.Count.ShouldBeGreaterThanOrEqualTo((files + 7) / 8, filter.ToString());
        }
    }

    [Fact]
    public async Task Round_that_ends_after_its_blob_and_before_its_commit_leaves_every_decision_once()
    {
        await FillAsync(days: 93, perDay: 3);
        var blobs = await CountBlobsAsync();
        await using (var db = _database.Open())
        {
            // The deletion fails, as a killed process would: the transaction with the archive's row goes back.
            await db.Database.ExecuteSqlRawAsync(RefuseDeletes, Stop);
            (await Should.ThrowAsync<System.Data.Common.DbException>(ArchiveAsync)).Message.ShouldContain("killed");
            (await db.DecisionArchives.CountAsync(Stop)).ShouldBe(0);
            (await db.Decisions.CountAsync(Stop)).ShouldBe(_all.Count);
            await db.Database.ExecuteSqlRawAsync(AllowDeletes, Stop);
        }

        (await CountBlobsAsync()).ShouldBe(blobs + 1); // named by nobody
        await ArchiveAsync();
        var listed = await ListAsync(new(), 100);
        listed.Select(d => d.Id).ShouldBe(_all.Select(d => d.Id), ignoreOrder: true);
    }

    /// <summary>A million decisions in a year of days: a page wherever it lies, and one by its id.</summary>
    [Fact]
    [Trait("Length", "Long")]
    [Trait("Database", "Sqlite")]
    public async Task Page_of_a_million_decisions_takes_at_most_50_ms_hot_cold_and_over_the_border()
    {
        await FillAsync(days: 400, perDay: 2500);
        await ArchiveAsync();
        await using var db = _database.Open();
        (await db.DecisionArchives.SumAsync(a => a.Rows, Stop)).ShouldBeGreaterThan(700_000);
        var border = await db.Decisions.MinAsync(d => d.At, Stop);
        var oldest = _all.MinBy(d => d.At)!;
        (string What, Func<Task> Ask)[] questions =
        [
            ("newest", () => Reader.ListAsync("prices", new(), new(), Stop)),
            ("border", () => Reader.ListAsync("prices", new(To: border.AddMinutes(5)), new(), Stop)),
            ("oldest", () => Reader.ListAsync("prices", new(To: oldest.At.AddDays(2)), new(), Stop)),
            ("by id", () => Reader.GetAsync(oldest.Id, Stop)),
        ];
        foreach (var (what, ask) in questions)
        {
            var times = new List<double>();
            for (var i = 0; i < 21; i++)
            {
                var clock = Stopwatch.StartNew();
                await ask();
                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            TestContext.Current.TestOutputHelper?.WriteLine($"{what}: best {times[0]:F1} ms, median {times[10]:F1} ms, worst {times[^1]:F1} ms");
            times[10].ShouldBeLessThan(50, what);
        }
    }

    private static bool Fits(DecisionView d, DecisionFilter f) =>
        (f.From is null || d.At >= f.From) && (f.To is null || d.At < f.To) && (f.Label is null || d.Label == f.Label) && (f.Unit is null || d.Unit == f.Unit)
        && (f.Subject is null || d.Subject == f.Subject) && (f.ModelVersion is null || d.ModelVersion == f.ModelVersion) && (f.Variant is null || d.Variant == f.Variant);

    private static string Text(DecisionView decision) => CanonicalJson.Write(decision);

    private async Task<long> ArchiveAsync()
    {
        var round = Task.Run(() => _database.Get<DecisionArchiver>().RunAsync(Stop), Stop);
        while (!round.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1)); // it takes a breath between two files
            await Task.WhenAny(round, Task.Delay(1, Stop));
        }

        return await round;
    }

    private async Task<int> CountBlobsAsync()
    {
        var count = 0;
        await foreach (var _ in _database.Get<BlobStore>().DigestsAsync(Stop)) count++;
        return count;
    }

    private Task TellAsync(Guid decision, string label) =>
        _database.Get<FeedbackService>().AcceptAsync([new(decision, "label", $"\"{label}\"")], Ada, Stop);

    private async Task<List<DecisionView>> ListAsync(DecisionFilter filter, int pageSize)
    {
        var all = new List<DecisionView>();
        var page = new PageRequest(pageSize);
        while (true)
        {
            var found = await Reader.ListAsync("prices", filter, page, Stop);
            all.AddRange(found.Items);
            if (found.NextPageToken is null) return all;
            page = page with { Token = found.NextPageToken };
        }
    }

    private async Task FillAsync(int days, int perDay)
    {
        for (var day = days - 1; day >= 0; day--)
        {
            for (var i = 0; i < perDay; i++)
            {
                var at = Noon.AddDays(-day).AddSeconds(i / 2); // two of the same time
                _all.Add(new()
                {
                    Id = Guid.CreateVersion7(at),
                    AgentId = AgentId,
                    At = at,
                    ModelVersion = day < 50 ? 2 : 1,
                    Variant = "production",
                    PlanRevision = 1,
                    Unit = i % 3 == 0 ? null : $"unit {i % 5}",
                    Label = i % 2 == 0 ? "UP" : "DOWN",
                    Score = 0.1 * (i % 10),
                    LatencyMicroseconds = 100 + i,
                    Payload = """{"inputs":{"x":1.5,"colour":"röd"},"scores":{"DOWN":0.3,"UP":0.7},"guardrails":[]}""",
                });
            }
        }

        await using var db = _database.Open();
        await db.Provider.RelaxAsync(db, Stop);
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        await db.Provider.InsertAsync(db, _all, Stop);
        if (perDay == 1)
        {
            db.MonitoringMinutes.AddRange(_all.Select(d => new MonitoringMinute
            {
                AgentId = AgentId,
                Minute = new(d.At.UtcTicks - (d.At.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero),
                ModelVersion = d.ModelVersion,
                Decisions = 1,
                Errors = 0,
                Latency = [],
                Outputs = [],
                Features = [],
            }));
            await db.SaveChangesAsync(Stop);
        }

        await transaction.CommitAsync(Stop);
    }

    /// <summary>Once, before the next transaction begins.</summary>
    private sealed class Meanwhile : DbTransactionInterceptor
    {
        private Func<Task>? _do;

        public Func<Task> Do
        {
            set => _do = value;
        }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Exchange(ref _do, null) is { } act) await act();
            return result;
        }
    }
}
