using System.Text.Json.Nodes;
using Nexus.Data.Lineage;
using Nexus.Data.Registry;

namespace Nexus.Web.Registry;

/// <summary>All that a card is drawn from.</summary>
/// <param name="Report">Null for a version that came without an evaluation.</param>
/// <param name="Explained">Null where it was not explained.</param>
/// <param name="Environment">Of the run that made it; null for an upload.</param>
/// <param name="Signatures">Who signed it into a stage.</param>
public sealed record CardFacts(
    ModelView Model,
    ModelVersionView Version,
    ModelCardView Card,
    EvaluationReport? Report,
    ExplanationView? Explained,
    JsonObject? Environment,
    IReadOnlyList<CardSignature> Signatures,
    IReadOnlyList<LineageArrow> Lineage);
