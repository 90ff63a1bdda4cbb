using System.Text;
using Nexus.Data.Datasets;
using Nexus.Data.Identity;

namespace Nexus.Data.Tests.Datasets;

/// <summary>What tests of datasets do again and again.</summary>
internal static class DatasetDrive
{
    public static Actor Engineer { get; } = new("ada", new HashSet<Role> { Role.Engineer });

    public static async Task<DatasetVersionView> ImportAsync(
        this TestDatabase database, string name, string text, string format = ImportFormats.Csv, Dictionary<string, string>? types = null) =>
        (await database.Get<DatasetService>().ImportAsync(name, Bytes(text), format, $"{name}.{format}", types, Engineer, default)).Version;

    public static async Task<DatasetVersionView> ImportAsync(
        this TestDatabase database, string name, byte[] bytes, string format, Dictionary<string, string>? types = null) =>
        (await database.Get<DatasetService>().ImportAsync(name, new MemoryStream(bytes), format, $"{name}.{format}", types, Engineer, default)).Version;

    public static async Task<IReadOnlyList<object?[]>> RowsAsync(this TestDatabase database, string name, int rows = 1000) =>
        (await database.Get<DatasetCatalog>().PreviewAsync(new(name), rows, default)).Rows;

    public static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>A Parquet file written by DuckDB from a query.</summary>
    public static async Task<byte[]> ParquetAsync(this TestDatabase database, string query)
    {
        var path = Path.Combine(database.Directory, $"{Guid.NewGuid():N}.parquet");
        using (var connection = database.Get<TableEngine>().Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"COPY ({query}) TO {TableEngine.Literal(path)} (FORMAT parquet)";
            command.ExecuteNonQuery();
        }

        var bytes = await File.ReadAllBytesAsync(path);
        File.Delete(path);
        return bytes;
    }

    /// <summary>Every file under the data directory's blobs.</summary>
    public static string[] Blobs(this TestDatabase database) =>
        Directory.GetFiles(Path.Combine(database.Directory, "blobs"), "*", SearchOption.AllDirectories);
}
