namespace Nexus.Data.Datasets.Queries;

/// <summary>What the worker reads from its standard input.</summary>
/// <param name="Tables">Name → Parquet file, relative to the working directory: no answer can tell where the files lie.</param>
/// <param name="Spill">A directory of its own, relative too.</param>
internal sealed record QueryWork(
    string Sql, IReadOnlyDictionary<string, string> Tables, string Spill, int MemoryMB, int SpillMB, int Threads, int MaxRows, int MaxBytes, int TimeoutMs);
