namespace Nexus.Inference.Registry;

/// <param name="Fields">In the order of the model's inputs.</param>
/// <param name="Rows">Real rows to start from; 0 where none are known.</param>
/// <param name="RowsAre">What they are, for a person.</param>
public sealed record WhatIfForm(IReadOnlyList<WhatIfField> Fields, long Rows, string? RowsAre);
