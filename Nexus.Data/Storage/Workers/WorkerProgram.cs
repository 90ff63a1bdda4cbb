namespace Nexus.Data.Storage.Workers;

/// <summary>How a worker is started: the portal's own executable with the worker's kind as its one argument.</summary>
/// <param name="Arguments">What stands before the kind.</param>
public sealed record WorkerProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <param name="location">Where the portal's assembly lies; empty where it is bundled into one file.</param>
    public static WorkerProgram Of(string location)
    {
        if (location.Length == 0) return new(Environment.ProcessPath!, []);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") return new(Environment.ProcessPath!, ["exec", location]);
        var host = OperatingSystem.IsWindows() ? Path.ChangeExtension(location, "exe") : Path.ChangeExtension(location, null);
        return File.Exists(host) ? new(host, []) : new("dotnet", ["exec", location]);
    }
}
