using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Nexus.EndToEnd.Tests;

/// <summary>The README's session runs as it stands.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Session_of_the_readme_ends_in_a_verified_ledger()
    {
        var session = Session().Match(await File.ReadAllTextAsync(Repository.PathOf("README.md"))).Groups[1].Value;
        session.ShouldNotBeEmpty();
        await using var portal = await PortalProcess.StartAsync();

        var (code, output) = await RunAsync(session, portal);

        code.ShouldBe(0, output);
        output.ShouldContain("\"feedback\":[{", Case.Sensitive, output);
        output.ShouldContain("\"valid\":true", Case.Sensitive, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(string session, PortalProcess portal)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-s"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NEXUS"] = portal.Address.ToString().TrimEnd('/');
        start.Environment["KEY"] = PortalProcess.BootstrapKey;
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(session);
        bash.StandardInput.Close();
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);
        return (bash.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"<!-- session -->\s*```sh\n(.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Session();
}
