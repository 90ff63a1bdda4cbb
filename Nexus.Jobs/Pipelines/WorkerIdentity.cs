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

    /// <summary>An owner that is this worker, by this one taking: what it took before and has lost is another's.</summary>
    public string NewOwner() => $"{Name}/{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Whether that worker is known to live: this one, or a node that is heard of.</summary>
    public bool IsUp(string owner) =>
        IsThis(owner) || (owner.Split('/') is [_, _, var part, ..] && Guid.TryParse(part, out var node) && _nodes?.StateOf(node) == NodeState.Up);

    /// <summary>
    /// Whether that worker certainly is no more, so that its runs need not wait for their leases to end: a former process of
    /// this machine that does not live any longer, or whose number this process has inherited; or a node that the register
    /// has not heard of.
    /// </summary>
    public bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        if (IsThis(owner) || parts.Length is not (3 or 4)) return false;
        if (Guid.TryParse(parts[2], out var node) && _nodes?.StateOf(node) is NodeState.Gone or NodeState.Stopped) return true;
        if (parts[0] != _machine || !int.TryParse(parts[1], out var process)) return false;
        return process == _process || !IsAlive(process);
    }

    private bool IsThis(string owner) => owner == Name || owner.StartsWith(Name + "/", StringComparison.Ordinal);

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
