using System.Text.Json.Serialization;
using Nexus.Data.Registry;

namespace Nexus.Web.Agents;

/// <summary>Server metadata.</summary>
public sealed record OipServer(string Name, string Version, IReadOnlyList<string> Extensions);

/// <summary>Whether the process lives.</summary>
public sealed record OipLive(bool Live);

/// <summary>Whether requests can be answered.</summary>
public sealed record OipReady(bool Ready);

/// <summary>Whether one model's requests can be answered.</summary>
public sealed record OipModelReady(string Name, bool Ready);

/// <summary>Model metadata.</summary>
public sealed record OipModel(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorSignature> Inputs, IReadOnlyList<TensorSignature> Outputs);

/// <summary>How every error under <c>/v2</c> looks.</summary>
public sealed record OipError([property: JsonPropertyName("error")] string Error);
