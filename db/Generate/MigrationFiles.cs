using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nexus.Migrations.Generate;

/// <summary>The migrations of a folder, compiled here and now: building their projects would take longer than all else.</summary>
internal static class MigrationFiles
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static Assembly Compile(Target target, string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(folder, target.Name, "Migrations"), "*.cs");
        var trees = files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path));
        var compilation = CSharpCompilation.Create(
            $"{target.Namespace}.{Guid.NewGuid():N}", trees, References, new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var made = compilation.Emit(image);
        if (made.Success) return Assembly.Load(image.ToArray());
        var errors = made.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error);
        throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
    }
}
