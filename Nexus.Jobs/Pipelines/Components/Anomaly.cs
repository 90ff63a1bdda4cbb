namespace Nexus.Jobs.Pipelines.Components;

/// <summary>Something about the data that a person should know, in TensorFlow Data Validation's terms.</summary>
/// <param name="Column">Null where it concerns the whole table.</param>
/// <param name="Kind">As <c>anomalies.proto</c> names it: SCHEMA_NEW_COLUMN, ENUM_TYPE_UNEXPECTED_STRING_VALUES …</param>
/// <param name="Severity">error or warning.</param>
/// <param name="Short">A few words.</param>
/// <param name="Long">A sentence with the figures.</param>
internal sealed record Anomaly(string? Column, string Kind, string Severity, string Short, string Long)
{
    public const string Error = "error";
    public const string Warning = "warning";
}
