using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Nexus.Web.Platform;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Platform;

public sealed class DigestingBodyTests
{
    [Fact]
    public async Task Digest_of_a_form_does_not_depend_on_its_boundary_or_on_how_it_is_read()
    {
        await Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 300], Gen.Int[1, 40]).SampleAsync(
            async (text, step) =>
            {
                var one = await DigestAsync("multipart/form-data; boundary=aabbd", $"--aabbd\r\n\r\n{text}\r\n--aabbd--", step);
                var two = await DigestAsync("multipart/form-data; boundary=\"xyz123\"", $"--xyz123\r\n\r\n{text}\r\n--xyz123--", 1000);
                one.ShouldBe(two);
            },
            iter: 200);
    }

    [Fact]
    public async Task Digest_differs_with_body_and_media_type()
    {
        var json = await DigestAsync("application/json", "{}", 10);

        (await DigestAsync("application/json", "{} ", 10)).ShouldNotBe(json);
        (await DigestAsync("text/csv", "{}", 10)).ShouldNotBe(json);
        (await DigestAsync("application/json; charset=utf-8", "{}", 10)).ShouldBe(json);
    }

    private static async Task<string> DigestAsync(string contentType, string body, int step)
    {
        var http = new DefaultHttpContext { Request = { Method = "POST", Path = "/x", ContentType = contentType, Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) } };
        await using var digesting = new DigestingBody(http.Request);
        var buffer = new byte[step];
        await digesting.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false);
        await digesting.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false);
        return await digesting.FinishAsync(CancellationToken.None);
    }
}
