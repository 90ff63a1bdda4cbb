namespace Nexus.Jobs.Training;

/// <summary>The section <c>Nexus:Training</c>.</summary>
public sealed class TrainingOptions
{
    public const string Section = "Nexus:Training";

    /// <summary>
    /// Threads of a trainer; 0 (the default) is one less than there are processors, at least 1: a trainer on every processor of a
    /// node that serves too slows both down out of proportion.
    /// </summary>
    public int Threads { get; set; }

    public int EffectiveThreads => Threads > 0 ? Threads : Math.Max(1, Environment.ProcessorCount - 1);
}
