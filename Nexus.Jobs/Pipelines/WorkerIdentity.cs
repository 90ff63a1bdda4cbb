using System.Diagnostics;
using Nexus.Data.Nodes;

namespace Nexus.Jobs.Pipelines;

/// <summary>Who holds a lease: machine, process and node.</summary>
public sealed class WorkerIdentity
{
    private readonly string _machine;
    private readonly int _process;
    private readonly NodeRegister? _nodes;

    public WorkerIdentity(NodeIdentity node, NodeRegister nodes)
        : this(ThisMachine, Environment.ProcessId, node.Id) => _nodes = nodes;

    internal WorkerIdentity(string machine, int process, Guid? node = null)
    {
        (_machine, _process) = (machine.Length <= 40 ? machine : machine[..40], process);
        Name = $"{_machine}/{_process}/{node ?? Guid.NewGuid():N}";
    }

    public string Name { get; }

    /// <summary>With the space that process numbers are counted in: containers of one name each have a first process.</summary>
    internal static string ThisMachine { get; } = OperatingSystem.IsLinux() && File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false) is { } space
        ? $"{(Environment.MachineName is { Length: > 24 } name ? name[..24] : Environment.MachineName)}-{string.Concat(space.Name.Where(char.IsAsciiDigit))}"
        : Environment.MachineName;

    /// <summary>
    /// Whether that worker certainly is no more, so that its runs need not wait for their leases to end: a former process of
    /// this machine that does not live any longer, or whose number this process has inherited; or a node that the register
    /// has not heard of.
    /// </summary>
    public bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        if (owner == Name || parts.Length != 3) return false;
        if (Guid.TryParse(parts[2], out var node) && _nodes?.StateOf(node) is NodeState.Gone or NodeState.Stopped) return true;
        if (parts[0] != _machine || !int.TryParse(parts[1], out var process)) return false;
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
