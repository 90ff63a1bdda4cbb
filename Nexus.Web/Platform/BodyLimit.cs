using Microsoft.AspNetCore.Http.Metadata;

namespace Nexus.Web.Platform;

/// <summary>How large a request's body may be; endpoints that take more say so: <c>.WithMetadata(new BodyLimit(…))</c>.</summary>
internal sealed class BodyLimit(long? maxRequestBodySize) : IRequestSizeLimitMetadata
{
    public const long Default = 16L * 1024 * 1024;
    public const long Datasets = 4L * 1024 * 1024 * 1024;

    public long? MaxRequestBodySize { get; } = maxRequestBodySize;
}
