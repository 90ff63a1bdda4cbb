namespace Nexus.Data.Sweeps;

public enum SweepState
{
    Running,
    Paused,
    Succeeded,
    Canceled,
    Failed,
}
