using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Nexus.Data.Pipelines;

/// <summary>
/// One page of runs by any column. Runs that have no such value come last, the newest first; so a page may begin in one stretch and
/// end in the next, and its token says in which one it ended.
/// </summary>
internal sealed class RunOrder(NexusDb db, IQueryable<Run> runs, RunSort sort)
{
    private const string Bad = "pageToken is not a token of this list.";

    public async Task<Page<RunHead>> PageAsync(PageRequest page, CancellationToken ct)
    {
        var stretches = Stretches();
        var (at, value, id) = page.Token is null ? (0, null, Guid.Empty) : Decode(page.Token, stretches.Count);
        var found = new List<(RunHead Run, int Stretch, string Value)>();
        for (; at < stretches.Count && found.Count <= page.Size; at++, value = null)
            found.AddRange((await stretches[at](value, id, page.Size + 1 - found.Count, ct)).Select(row => (row.Run, at, row.Value)));
        if (found.Count <= page.Size) return new([.. found.Select(row => row.Run)], null);
        var end = found[page.Size - 1];
        return new([.. found.Take(page.Size).Select(row => row.Run)], Keyset.EncodeText($"{end.Stretch}|{end.Run.Id:N}|{end.Value}"));
    }

    private delegate Task<IEnumerable<(RunHead Run, string Value)>> Stretch(string? after, Guid last, int take, CancellationToken ct);

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
        return (after, last, take, ct) => ReadAsync(query, row => row.Text, row => row.Text, after, last, take, text => text, ct);
    }

    private Stretch Numbers(IQueryable<RankedRun> query) => (after, last, take, ct) =>
        ReadAsync(query, row => row.Number, row => row.Number.ToString("R", CultureInfo.InvariantCulture), after, last, take, Double, ct);

    private Stretch Wholes(IQueryable<RankedRun> query) => (after, last, take, ct) =>
        ReadAsync(query, row => row.Whole, row => row.Whole.ToString(CultureInfo.InvariantCulture), after, last, take, Long, ct);

    private Stretch Rest(Expression<Func<Run, bool>> without) => Created(runs.Where(without), down: true);

    private static Stretch Created(IQueryable<Run> query, bool down) => (after, last, take, ct) => ReadAsync(
        query.Select(r => new RankedRun { Run = r, Id = r.Id }), new Slice<RankedRun, DateTimeOffset>(row => row.Run.CreatedAt, row => row.Id, down),
        row => UtcMicroseconds.From(row.Run.CreatedAt).ToString(CultureInfo.InvariantCulture), after, last, take, text => UtcMicroseconds.To(Long(text)), ct);

    private Task<IEnumerable<(RunHead Run, string Value)>> ReadAsync<T>(
        IQueryable<RankedRun> query, Expression<Func<RankedRun, T>> by, Func<RankedHead, string> write, string? after, Guid last, int take, Func<string, T> read, CancellationToken ct) =>
        ReadAsync(query, new Slice<RankedRun, T>(by, row => row.Id, sort.Descending), write, after, last, take, read, ct);

    private static async Task<IEnumerable<(RunHead Run, string Value)>> ReadAsync<T>(
        IQueryable<RankedRun> query, Slice<RankedRun, T> slice, Func<RankedHead, string> write, string? after, Guid last, int take, Func<string, T> read, CancellationToken ct)
    {
        var rows = await slice.Of(query, after is null ? null : (read(after), last), take).Select(RankedHead.Projection).ToListAsync(ct);
        return rows.Select(row => (row.Run, write(row)));
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
