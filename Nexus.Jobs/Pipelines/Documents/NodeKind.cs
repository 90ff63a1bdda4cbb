namespace Nexus.Jobs.Pipelines.Documents;

internal enum NodeKind
{
    Scalar,
    Map,
    List,
}
