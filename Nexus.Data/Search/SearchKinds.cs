namespace Nexus.Data.Search;

/// <summary>The kinds of things that a search finds. All of them every role may read.</summary>
public static class SearchKinds
{
    public const string Dataset = "dataset";
    public const string Pipeline = "pipeline";
    public const string Config = "config";
    public const string Run = "run";
    public const string Sweep = "sweep";
    public const string Model = "model";
    public const string ModelVersion = "version";
    public const string Agent = "agent";

    public static IReadOnlyList<string> All { get; } = [Dataset, Pipeline, Config, Run, Sweep, Model, ModelVersion, Agent];
}
