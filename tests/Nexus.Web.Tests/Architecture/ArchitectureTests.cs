using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Nexus.Data;
using Nexus.Inference;
using Nexus.Jobs;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Architecture;

/// <summary>The house as it is built: rooms, areas, shut doors.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Data = typeof(NexusDb).Assembly;
    private static readonly Assembly Inference = typeof(InferenceServices).Assembly;
    private static readonly Assembly Jobs = typeof(JobServices).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;

    private static readonly string[] Areas =
        ["Datasets", "Pipelines", "Registry", "Agents", "Experiments", "Monitoring", "Policies", "Incidents", "Feedback", "Labeling", "Guardrails", "Governance", "Audit", "Identity"];

    /// <summary>What only that project needs.</summary>
    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["Nexus.Data"] = ["Storage", "Live", "Nodes", "Lineage", "Search", "Samples", "Sweeps"],
        ["Nexus.Inference"] = ["Onnx"],
        ["Nexus.Jobs"] = ["Training", "Samples", "Sweeps"],
        ["Nexus.Web"] = ["Shell", "Charts", "Platform", "Live", "Nodes", "Lineage", "Search", "Samples", "Sweeps", "Properties", "wwwroot"],
    };

    /// <summary>
    /// A field that writes its value back at every key takes away what was typed since: <c>@bind</c> with its event knows what stands in
    /// the browser. What is set once at first (<c>_first…</c>) is never written back.
    /// </summary>
    [Fact]
    public void No_field_is_written_back_while_it_is_typed_in()
    {
        var pages = Sources("Nexus.Web").Where(file => file.EndsWith(".razor", StringComparison.Ordinal)).ToList();

        pages.Count.ShouldBeGreaterThan(50);
        pages.SelectMany(page => WrittenBack().Matches(File.ReadAllText(page)).Select(tag => $"{Path.GetFileName(page)}: {tag.Value}")).ShouldBeEmpty();
    }

    [Fact]
    public void References_point_one_way()
    {
        Ours(Data).ShouldBeEmpty();
        Ours(Inference).ShouldBeSubsetOf(["Nexus.Data"]);
        Ours(Jobs).ShouldBeSubsetOf(["Nexus.Inference", "Nexus.Data"]);
        Ours(Web).ShouldBeSubsetOf(["Nexus.Jobs", "Nexus.Inference", "Nexus.Data", "Nexus.Migrations.Sqlite", "Nexus.Migrations.PostgreSql", "Nexus.Migrations.SqlServer"]);

        static IEnumerable<string> Ours(Assembly assembly) =>
            assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("Nexus.", StringComparison.Ordinal));
    }

    [Fact]
    public void Folders_are_the_areas()
    {
        foreach (var (project, own) in Own)
        {
            var folders = Directory.GetDirectories(Path.Combine(Repository.Root, project)).Select(path => Path.GetFileName(path)!).Except(["bin", "obj"]);
            folders.ShouldBeSubsetOf([.. Areas, .. own], project);
        }
    }

    [Fact]
    public void Namespaces_are_the_folders()
    {
        foreach (var project in Own.Keys)
        {
            foreach (var file in Sources(project).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && Path.GetFileName(f) != "Program.cs"))
            {
                var folder = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
                File.ReadLines(file).ShouldContain($"namespace {folder};", file);
            }
        }
    }

    [Fact]
    public void Classes_are_sealed()
    {
        var open = new[] { Data, Inference, Jobs, Web }.SelectMany(a => a.GetTypes())
            .Where(t => t.IsClass && !t.IsSealed && !t.IsAbstract && t.Namespace?.StartsWith("Nexus.", StringComparison.Ordinal) == true)
            .Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !t.Name.Contains('<', StringComparison.Ordinal))
            .Where(t => t.Name != "_Imports" && !(typeof(IComponent).IsAssignableFrom(t) && IsMarkupAlone(t)))
            .Where(t => t.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null && !typeof(Google.Protobuf.IMessage).IsAssignableFrom(t));

        open.Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void Pages_name_who_may_open_them()
    {
        var pages = Web.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any());

        pages.Where(p => p.GetCustomAttribute<AllowAnonymousAttribute>() is null && p.GetCustomAttribute<AuthorizeAttribute>()?.Policy is null)
            .Select(p => p.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void Files_stay_readable()
    {
        var tooLong = Own.Keys.SelectMany(Sources).Where(f => !f.Contains("wwwroot", StringComparison.Ordinal))
            .Select(f => (File: Path.GetRelativePath(Repository.Root, f), Lines: File.ReadLines(f).Count())).Where(f => f.Lines > 300);

        tooLong.ShouldBeEmpty();
    }

    [GeneratedRegex("""<\w+ (?=[^<]*\bvalue="@(?!_first))[^<]*@oninput=""", RegexOptions.None, 2000)]
    private static partial Regex WrittenBack();

    private static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations"));

    /// <summary>A component without code behind: the compiler writes its class, and writes it open.</summary>
    private static bool IsMarkupAlone(Type component)
    {
        var folder = component.Namespace!.Replace("Nexus.Web", "", StringComparison.Ordinal).Replace('.', Path.DirectorySeparatorChar);
        var markup = Path.Combine(Repository.Root, "Nexus.Web" + folder, component.Name.Split('`')[0] + ".razor");
        return File.Exists(markup) && !File.Exists(markup + ".cs");
    }
}
