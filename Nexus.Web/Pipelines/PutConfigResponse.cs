using Nexus.Jobs.Pipelines;

namespace Nexus.Web.Pipelines;

internal sealed record PutConfigResponse(string Group, string Name, int Revision)
{
    public static PutConfigResponse From(PutConfig put)
    {
        var slash = put.Path.LastIndexOf('/');
        return new(put.Path[..slash], put.Path[(slash + 1)..], put.Revision);
    }
}
