namespace Nexus.Data.Datasets.Differences;

public enum DifferenceKind
{
    Added,
    Removed,
    Changed,
}
