namespace Nexus.Data.Pipelines;

/// <summary>Where a run stands. The last three are final, but a failed or canceled run can be retried.</summary>
public enum RunStatus
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Canceled,
}
