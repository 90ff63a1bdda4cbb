namespace Nexus.Data.Datasets.Queries;

/// <summary>How the query worker is started: the portal's own executable with one argument.</summary>
public sealed record WorkerProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <param name="location">Where the portal's assembly lies; empty where it is bundled into one file.</param>
    public static WorkerProgram Of(string location)
    {
        if (location.Length == 0) return new(Environment.ProcessPath!, [TableQueryWorker.Argument]);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") return new(Environment.ProcessPath!, ["exec", location, TableQueryWorker.Argument]);
        var host = OperatingSystem.IsWindows() ? Path.ChangeExtension(location, "exe") : Path.ChangeExtension(location, null);
        return File.Exists(host) ? new(host, [TableQueryWorker.Argument]) : new("dotnet", ["exec", location, TableQueryWorker.Argument]);
    }
}
