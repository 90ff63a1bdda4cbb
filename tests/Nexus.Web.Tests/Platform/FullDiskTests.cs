using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Nexus.Data.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

/// <summary>Uploads while there is no room are for later, and no fault of the form's.</summary>
public sealed class FullDiskTests
{
    private const int NoSpaceLeft = 28;

    [Theory]
    [InlineData("/api/v1/datasets/full/versions", "file", "rows.csv")]
    [InlineData("/api/v1/models/full/versions", "model", "model.onnx")]
    public async Task Form_for_which_there_is_no_room_is_to_be_sent_again(string path, string field, string file)
    {
        await using var portal = await PortalApp.StartAsync(configure: services => services.AddSingleton<IStartupFilter, FullDisk>());
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[4096]) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, field, file } };

        using var answer = await portal.As("eva", Role.Engineer).PostAsync(path, form, TestContext.Current.CancellationToken);

        var detail = (await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("detail").GetString()!;
        detail.ShouldContain("no room left");
        detail.ShouldNotContain("/data");
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    /// <summary>What a write to a full volume throws, thrown while the form is read.</summary>
    private sealed class FullDisk : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                if (http.Request.HasFormContentType) http.Request.Body = new Failing();
                return rest(http);
            });
            next(app);
        };
    }

    private sealed class Failing : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device : '/data/blobs/incoming/0123'", NoSpaceLeft);
    }
}
