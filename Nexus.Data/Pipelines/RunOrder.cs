using System.Globalization;
using System.Linq.Expressions;

namespace Nexus.Data.Pipelines;

/// <summary>
/// One page of runs by any column. Runs that have no such value come last, the newest first; so a page may begin in one stretch and
/// end in the next, and its token says in which one it ended.
/// </summary>
internal sealed class RunOrder(NexusDb db, IQueryable<Run> runs, RunSort sort)
{
    private const string Bad = "pageToken is not a token of this list.";

    public async Task<Page<Run>> PageAsync(PageRequest page, CancellationToken ct)
    {
        var stretches = Stretches();
        var (at, value, id) = page.Token is null ? (0, null, Guid.Empty) : Decode(page.Token, stretches.Count);
        var found = new List<(Run Run, int Stretch, string Value)>();
        for (; at < stretches.Count && found.Count <= page.Size; at++, value = null)
            found.AddRange((await stretches[at](value, id, page.Size + 1 - found.Count, ct)).Select(row => (row.Run, at, row.Value)));
        if (found.Count <= page.Size) return new([.. found.Select(row => row.Run)], null);
        var end = found[page.Size - 1];
        return new([.. found.Take(page.Size).Select(row => row.Run)], Keyset.EncodeText($"{end.Stretch}|{end.Run.Id:N}|{end.Value}"));
    }

    private delegate Task<IEnumerable<(Run Run, string Value)>> Stretch(string? after, Guid last, int take, CancellationToken ct);

    private List<Stretch> Stretches() => sort.Field switch
    {
        "metric" => [Numbers(Metrics()), Rest(r => !db.RunLatestMetrics.Any(m => m.RunId == r.Id && m.Key == sort.Key))],
        "param" => [Numbers(Params()), Texts(), Rest(r => !db.RunParams.Any(p => p.RunId == r.Id && p.Key == sort.Key))],
        "duration" => [Wholes(runs.Where(r => r.DurationUs != null).Select(r => new RankedRun { Run = r, Id = r.Id, Whole = r.DurationUs!.Value })), Rest(r => r.DurationUs == null)],
        _ => [Created(runs, sort.Descending)],
    };

    private IQueryable<RankedRun> Metrics() =>
        from metric in db.RunLatestMetrics
        where metric.Key == sort.Key
        join run in runs on metric.RunId equals run.Id
        select new RankedRun { Run = run, Id = metric.RunId, Number = metric.Value };

    private IQueryable<RankedRun> Params() =>
        from param in db.RunParams
        where param.Key == sort.Key && param.Number != null
        join run in runs on param.RunId equals run.Id
        select new RankedRun { Run = run, Id = param.RunId, Number = param.Number!.Value };

    private Stretch Texts()
    {
        var query =
            from param in db.RunParams
            where param.Key == sort.Key && param.Number == null
            join run in runs on param.RunId equals run.Id
            select new RankedRun { Run = run, Id = param.RunId, Text = param.Text };
        return (after, last, take, ct) => ReadAsync(query, row => row.Text, after, last, take, text => text, text => text, ct);
    }

    private Stretch Numbers(IQueryable<RankedRun> query) => (after, last, take, ct) =>
        ReadAsync(query, row => row.Number, after, last, take, number => number.ToString("R", CultureInfo.InvariantCulture), Double, ct);

    private Stretch Wholes(IQueryable<RankedRun> query) => (after, last, take, ct) =>
        ReadAsync(query, row => row.Whole, after, last, take, whole => whole.ToString(CultureInfo.InvariantCulture), Long, ct);

    private Stretch Rest(Expression<Func<Run, bool>> without) => Created(runs.Where(without), descending: true);

    private static Stretch Created(IQueryable<Run> query, bool descending) => async (after, last, take, ct) =>
    {
        var ranked = query.Select(r => new RankedRun { Run = r, Id = r.Id });
        var rows = await new Slice<RankedRun, DateTimeOffset>(row => row.Run.CreatedAt, row => row.Id, descending)
            .ReadAsync(ranked, after is null ? null : (UtcMicroseconds.To(Long(after)), last), take, ct);
        return rows.Select(row => (row.Run, UtcMicroseconds.From(row.Run.CreatedAt).ToString(CultureInfo.InvariantCulture)));
    };

    private async Task<IEnumerable<(Run Run, string Value)>> ReadAsync<T>(
        IQueryable<RankedRun> query, Expression<Func<RankedRun, T>> by, string? after, Guid last, int take, Func<T, string> write, Func<string, T> read, CancellationToken ct)
    {
        var rows = await new Slice<RankedRun, T>(by, row => row.Id, sort.Descending).ReadAsync(query, after is null ? null : (read(after), last), take, ct);
        var value = by.Compile();
        return rows.Select(row => (row.Run, write(value(row))));
    }

    private static double Double(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Refused.Malformed(Bad);

    private static long Long(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 253_402_300_800_000_000 ? number : throw Refused.Malformed(Bad);

    private static (int Stretch, string Value, Guid Id) Decode(string token, int stretches) =>
        Keyset.DecodeText(token).Split('|', 3) is [var stretch, var id, var value]
        && int.TryParse(stretch, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < stretches && Guid.TryParseExact(id, "N", out var last)
            ? (at, value, last)
            : throw Refused.Malformed(Bad);
}
