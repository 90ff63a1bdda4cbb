namespace Nexus.Jobs.Training.Features;

/// <summary>What a raw column is to a model.</summary>
internal enum ColumnRole
{
    Numeric,
    Categorical,
    Text,
    Date,
}
