namespace Nexus.Data.Pipelines;

/// <summary>Where a step stands.</summary>
public enum StepStatus
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Canceled,
}
