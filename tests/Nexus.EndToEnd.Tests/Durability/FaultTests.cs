using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests.Durability;

/// <summary>Real faults under a portal that works: what its page says of each, what it refuses, that it recovers by itself, and that nothing is lost.</summary>
[Trait("Length", "Long")]
public sealed class FaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Full_disk_turns_readiness_off_refuses_what_it_cannot_keep_and_recovers_when_there_is_room()
    {
        var settings = new Dictionary<string, string> { ["Nexus__ReserveMegabytes"] = "16", ["Nexus__Journal__SegmentMegabytes"] = "1" };
        await using var portal = await PortalProcess.StartAsync("Production", settings, p => ShellAsync($"mount -t tmpfs -o size=256m tmpfs {p.DataDirectory}"));
        try
        {
            await using var drill = await FaultDrill.StartAsync(portal);
            var filler = Path.Combine(portal.DataDirectory, "filler");
            await FillAsync(filler);

            await drill.SeeAsync("The disk is full");
            await drill.UntilReadyAsync(HttpStatusCode.ServiceUnavailable);
            await drill.DecideUntilRefusedAsync();
            using (var refused = await portal.Http.PostAsync("/api/v1/datasets/more/versions", new StringContent(Stories.SmallCsv(5, rows: 50_000), System.Text.Encoding.UTF8, "text/csv")))
                await FaultDrill.ShouldBeForLaterAsync(refused);

            File.Delete(filler);
            await drill.UntilReadyAsync(HttpStatusCode.OK);
            await drill.UntilGoneAsync();
            await drill.DecideAsync(20);
            await drill.VerifyAsync();
            await portal.StopAsync();
        }
        finally
        {
            await ShellAsync($"umount -l {portal.DataDirectory}");
        }
    }

    [Fact]
    public async Task Locked_sqlite_leaves_decisions_going_on_and_refuses_changes_until_it_is_free()
    {
        await using var portal = await PortalProcess.StartAsync("Production");
        await using var drill = await FaultDrill.StartAsync(portal);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(portal.DataDirectory, "nexus.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false); // the one write lock
            await drill.WithoutDatabaseAsync(Outage);
        }

        await drill.ShouldRecoverAsync();
    }

    [Fact]
    public async Task Halted_PostgreSql_leaves_decisions_going_on_and_refuses_changes_until_it_answers()
    {
        using var server = Process.Start(new ProcessStartInfo(Repository.PathOf("tests", "postgresql.sh")) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var connection = (await server.StandardOutput.ReadLineAsync())!;
        var folder = connection.Split(';')[0]["Host=".Length..];
        var settings = new Dictionary<string, string> { ["Nexus__Database__Provider"] = "PostgreSql", ["ConnectionStrings__Nexus"] = connection };
        await using (var portal = await PortalProcess.StartAsync("Production", settings))
        {
            await using var drill = await FaultDrill.StartAsync(portal);
            await SignalAsync("STOP", folder);
            await drill.WithoutDatabaseAsync(Outage);
            await SignalAsync("CONT", folder);
            await drill.ShouldRecoverAsync();
            await portal.StopAsync();
        }

        server.StandardInput.Close();
        await server.WaitForExitAsync();
    }

    /// <summary>Every call that waits for the device takes 400 ms. Only what promises the device waits for it, and then together.</summary>
    [Theory]
    [InlineData("Process")]
    [InlineData("Device")]
    public async Task Slow_disk_keeps_the_portal_ready_and_decisions_together_and_loses_nothing_in_a_kill(string durability)
    {
        const int count = 200;
        var flush = TimeSpan.FromMilliseconds(400);
        string[] strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync,msync", "-e", $"inject=fsync,fdatasync,msync:delay_enter={flush.TotalMicroseconds:F0}"];
        await using var portal = await PortalProcess.StartAsync("Production", new() { ["Nexus__Journal__Durability"] = durability }, under: strace);
        await using var drill = await FaultDrill.StartAsync(portal);

        var clock = Stopwatch.StartNew();
        if (durability == "Process") await drill.DecideAsync(count);
        else await drill.DecideTogetherAsync(count);
        output.WriteLine($"{durability}: {count} decisions in {clock.Elapsed.TotalSeconds:F1} s, each flush of the disk {flush.TotalMilliseconds} ms");
        clock.Elapsed.ShouldBeLessThan(flush * (count / 4), "decisions waited for the disk one by one");
        await drill.LabelAsync();
        await drill.UntilReadyAsync(HttpStatusCode.OK);
        await drill.ShouldSeeNothingAsync();

        await drill.DecideTogetherAsync(count); // those that the database does not have yet
        await portal.KillAsync();
        await portal.StartAgainAsync();
        await drill.VerifyAsync();
    }

    [Fact]
    public async Task Run_that_kills_its_process_each_time_is_set_aside_after_three_attempts_and_others_go_on()
    {
        await using var portal = await PortalProcess.StartAsync("Production");
        await Stories.ServeSmallModelAsync(portal);
        await portal.Http.UploadCsvAsync("small", Stories.SmallCsv(9, rows: 100_000));
        var poisoned = (await portal.Http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { "train.params.iterations=5000", "train.params.leaves=255" } })).Text("id");
        var other = (await portal.Http.PostJsonAsync("/api/v1/pipelines/small/runs", new { overrides = new[] { "train.seed=99" } })).Text("id");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await portal.Http.UntilAsync($"/api/v1/runs/{poisoned}", r => Training(r) == attempt, seconds: 240);
            await portal.KillAsync();
            await portal.StartAgainAsync();
        }

        var failed = await portal.Http.UntilAsync($"/api/v1/runs/{poisoned}", r => r.Text("status") == "Failed", seconds: 240);
        failed["steps"]!.AsArray().Select(s => s!["error"]?.GetValue<string>()).OfType<string>().ShouldHaveSingleItem().ShouldContain("ended 3 times in step 'train' without finishing");
        await Stories.SucceedAsync(portal.Http, other);
    }

    /// <summary>Which attempt of its training is under way; 0 for none.</summary>
    private static int Training(System.Text.Json.Nodes.JsonNode run)
    {
        var step = run["steps"]!.AsArray().First(s => s!.Text("name") == "train")!;
        return step.Text("status") == "Running" ? step["attempt"]!.GetValue<int>() : 0;
    }

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 1 << 12])
        {
            try
            {
                while (true) await file.WriteAsync(new byte[size]);
            }
            catch (IOException)
            {
                // Full, to that size.
            }
        }
    }

    private static async Task SignalAsync(string signal, string folder)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(folder, "data", "postmaster.pid")))[0];
        await ShellAsync($"kill -{signal} {postmaster} $(pgrep -P {postmaster})");
    }

    private static async Task ShellAsync(string command)
    {
        using var shell = Process.Start("sh", ["-c", command]);
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, command);
    }
}
