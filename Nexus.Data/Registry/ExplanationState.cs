namespace Nexus.Data.Registry;

public enum ExplanationState
{
    Queued,
    Running,
    Succeeded,
    Failed,
}
