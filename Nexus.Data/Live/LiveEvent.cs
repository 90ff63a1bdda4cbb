namespace Nexus.Data.Live;

/// <summary>Something that a page or program may want to know at once. The database stays the truth.</summary>
/// <param name="Topic"><c>agent:{name}</c>, <c>run:{id}</c>, <c>runs</c>, <c>sweep:{id}</c>, <c>sweeps</c>, <c>approvals</c>, <c>models</c>, <c>datasets</c>, <c>pipelines</c>, <c>agents</c>, <c>ledger</c>, <c>labels</c>, <c>nodes</c>.</param>
/// <param name="Kind">What happened, in the topic's own words: <c>step</c>, <c>log</c>, <c>metric</c>, <c>changed</c> …</param>
/// <param name="At">UTC.</param>
/// <param name="Data">Small and serializable; null where the kind says all.</param>
public sealed record LiveEvent(string Topic, string Kind, DateTimeOffset At, object? Data);
