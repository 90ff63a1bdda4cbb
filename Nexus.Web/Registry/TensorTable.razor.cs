using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>Tensors with type and shape; a free dimension is called rows where it is the first, else any.</summary>
public sealed partial class TensorTable : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<TensorSignature> Tensors { get; set; } = [];

    private static string Shape(TensorSignature tensor) =>
        $"[{string.Join(", ", tensor.Shape.Select((size, at) => size >= 0 ? $"{size}" : at == 0 ? "rows" : "any"))}]";
}
