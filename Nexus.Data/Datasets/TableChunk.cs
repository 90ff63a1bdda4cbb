using DuckDB.NET.Native;

namespace Nexus.Data.Datasets;

/// <summary>Some rows of an answer, column by column, in the engine's own memory; not to be kept.</summary>
internal readonly ref struct TableChunk(DuckDBDataChunk chunk)
{
    public int Rows { get; } = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);

    /// <summary>The column's values, which say nothing where <see cref="Presence"/> says that there is none.</summary>
    public unsafe ReadOnlySpan<T> Values<T>(int column)
        where T : unmanaged => new(NativeMethods.Vectors.DuckDBVectorGetData(Vector(column)), Rows);

    /// <summary>A bit for each row that has a value, from the lowest; empty where all have one.</summary>
    public unsafe ReadOnlySpan<ulong> Presence(int column)
    {
        var bits = NativeMethods.Vectors.DuckDBVectorGetValidity(Vector(column));
        return bits is null ? [] : new(bits, (Rows + 63) / 64);
    }

    private nint Vector(int column) => NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column);
}
