using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Nexus.Data.Samples;

namespace Nexus.Web.Tests.Samples;

/// <summary>A portal with a small sample workspace whose traffic hurries and whose outcomes are told at once.</summary>
internal static class SampleStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Dictionary<string, string> Settings(string? directory = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["Nexus:SampleData"] = "true",
            ["Nexus:Samples:Rows"] = "1200",
            ["Nexus:Samples:DecisionsPerSecond"] = "20",
            ["Nexus:Samples:LabelDelayFactor"] = "0.01",
            ["Nexus:Samples:SwitchAtDecision"] = "60",
        };
        if (directory is not null) settings["Nexus:DataDirectory"] = directory;
        return settings;
    }

    public static async Task<PortalApp> ReadyAsync()
    {
        var portal = await PortalApp.StartAsync(Settings());
        await UntilAsync(async () => await portal.Get<SampleStore>().FindAsync(default) is { State: SampleState.Ready }, () => Describe(portal));
        return portal;
    }

    public static async Task UntilAsync(Func<Task<bool>> holds, Func<Task<string>>? orSay = null)
    {
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            if (limit.Elapsed > Patience) throw new TimeoutException(orSay is null ? "It did not come true." : await orSay());
            await Task.Delay(50);
        }
    }

    public static async Task<JsonElement> GetAsync(PortalApp portal, string path) =>
        await portal.Bootstrap().GetFromJsonAsync<JsonElement>($"/api/v1{path}");

    /// <summary>Every table and column of the database in which one of the words stands, the ledger and its proofs apart.</summary>
    public static async Task<List<string>> MentionsAsync(string directory, params string[] words)
    {
        var found = new List<string>();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "nexus.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        foreach (var table in await TablesAsync(connection))
        {
            await using var rows = Command(connection, $"SELECT * FROM \"{table}\"");
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    var text = reader.GetValue(i) switch { string s => s, byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes), var other => other.ToString() ?? "" };
                    found.AddRange(words.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{table}.{reader.GetName(i)}: {word}"));
                }
            }
        }

        return [.. found.Distinct()];
    }

    private static async Task<List<string>> TablesAsync(SqliteConnection connection)
    {
        var tables = new List<string>();
        await using var names = Command(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'Ledger%'");
        await using var reader = await names.ExecuteReaderAsync();
        while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        return tables;
    }

#pragma warning disable CA2100 // The names come from the schema.
    private static SqliteCommand Command(SqliteConnection connection, string text) => new(text, connection);
#pragma warning restore CA2100

    private static async Task<string> Describe(PortalApp portal) =>
        $"{await portal.Get<SampleStore>().FindAsync(default)}\n{string.Join('\n', portal.Errors.All)}";
}
