using System.Diagnostics;

namespace Nexus.Jobs.Pipelines;

/// <summary>Who holds a lease: machine, process and instance.</summary>
public sealed class WorkerIdentity
{
    private readonly string _machine;
    private readonly int _process;

    public WorkerIdentity()
        : this(Environment.MachineName, Environment.ProcessId)
    {
    }

    internal WorkerIdentity(string machine, int process)
    {
        (_machine, _process) = (machine.Length <= 40 ? machine : machine[..40], process);
        Name = $"{_machine}/{_process}/{Guid.NewGuid():N}";
    }

    public string Name { get; }

    /// <summary>
    /// Whether that worker certainly is no more, so that its runs need not wait for their leases to end: a former process of
    /// this machine that does not live any longer, or whose number this process has inherited.
    /// </summary>
    public bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        if (owner == Name || parts.Length != 3 || parts[0] != _machine || !int.TryParse(parts[1], out var process)) return false;
        return process == _process || !IsAlive(process);
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
