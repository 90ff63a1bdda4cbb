namespace Nexus.Data.Pipelines;

/// <summary>Gives each run the name of the group that it belongs to.</summary>
internal static class RunGroups
{
    /// <exception cref="RefusedException">Invalid.</exception>
    public static IQueryable<GroupedRun> Named(NexusDb db, IQueryable<Run> runs, string by)
    {
        if (by.StartsWith("params.", StringComparison.Ordinal))
        {
            var key = by["params.".Length..];
            return from run in runs
                   join p in db.RunParams.Where(p => p.Key == key) on run.Id equals p.RunId into values
                   from p in values.DefaultIfEmpty()
                   select new GroupedRun { Id = run.Id, Group = p!.Text };
        }

        if (by.StartsWith("tags.", StringComparison.Ordinal))
        {
            var key = by["tags.".Length..];
            return from run in runs
                   join t in db.RunTags.Where(t => t.Key == key) on run.Id equals t.RunId into values
                   from t in values.DefaultIfEmpty()
                   select new GroupedRun { Id = run.Id, Group = t!.Value };
        }

        return by switch
        {
            "pipeline" => runs.Select(r => new GroupedRun { Id = r.Id, Group = r.PipelineName }),
            "status" => runs.Select(r => new GroupedRun { Id = r.Id, Group = (string)(object)r.Status }),
            "by" => runs.Select(r => new GroupedRun { Id = r.Id, Group = r.CreatedBy }),
            "trigger" => runs.Select(r => new GroupedRun { Id = r.Id, Group = r.Trigger }),
            "sweep" => from run in runs
                       join s in db.Sweeps on run.SweepId equals s.Id into sweeps
                       from s in sweeps.DefaultIfEmpty()
                       select new GroupedRun { Id = run.Id, Group = s == null ? null : s.PipelineName + " " + s.Number },
            _ => throw Refused.Invalid("group", "Runs are grouped by pipeline, status, by, trigger, sweep, params.KEY or tags.KEY."),
        };
    }
}
