using Microsoft.AspNetCore.Components;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>Inputs, outputs and classes.</summary>
public sealed partial class SignatureTab : ComponentBase
{
    [Parameter, EditorRequired] public ModelSignature Signature { get; set; } = null!;
}
