using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Nexus.Data.Tests.Storage.Blobs;

/// <summary>One bucket by the wire of S3, in memory: put, get, head, copy, delete, list by pages, upload in parts. Signatures are not looked at.</summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    public const string Bucket = "nexus";
    private const int PageSize = 3;
    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, SortedDictionary<int, byte[]>> _uploads = new();
    private readonly Task _serving;
    private int _failures;

    public FakeS3(TimeProvider time)
    {
        Time = time;
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public TimeProvider Time { get; }

    public ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset At)> Objects { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Answers the next requests by 503.</summary>
    public void FailNext(int requests) => Volatile.Write(ref _failures, requests);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var call = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(call));
            }
            catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        var body = await ReadAsync(call.Request);
        var key = Uri.UnescapeDataString(call.Request.Url!.AbsolutePath).Trim('/') is var path && path.StartsWith(Bucket + "/", StringComparison.Ordinal) ? path[(Bucket.Length + 1)..] : "";
        Calls.Enqueue($"{call.Request.HttpMethod} {key}");
        var answer = Interlocked.Decrement(ref _failures) >= 0 ? Failed(call.Response, 503, "SlowDown") : Answer(call, key, body);
        using (call.Response)
        {
            call.Response.ContentLength64 = call.Request.HttpMethod == "HEAD" ? call.Response.ContentLength64 : answer.Length;
            if (call.Request.HttpMethod != "HEAD") await call.Response.OutputStream.WriteAsync(answer);
        }
    }

    private byte[] Answer(HttpListenerContext call, string key, byte[] body)
    {
        var query = call.Request.QueryString;
        switch (call.Request.HttpMethod)
        {
            case "GET" when key.Length == 0:
                return List(query["prefix"] ?? "", query["continuation-token"]);
            case "GET" or "HEAD":
                return Objects.TryGetValue(key, out var found) ? Found(call.Response, found) : Failed(call.Response, 404, "NoSuchKey");
            case "DELETE":
                Objects.TryRemove(key, out _);
                call.Response.StatusCode = 204;
                return [];
            case "PUT" when query["partNumber"] is { } part:
                lock (_uploads) _uploads[query["uploadId"]!][int.Parse(part, CultureInfo.InvariantCulture)] = body;
                return Kept(call.Response, body);
            case "PUT" when call.Request.Headers["x-amz-copy-source"] is { } source:
                if (!Objects.TryGetValue(Uri.UnescapeDataString(source).Trim('/')[(Bucket.Length + 1)..], out var copied)) return Failed(call.Response, 404, "NoSuchKey");
                Objects[key] = (copied.Bytes, Time.GetUtcNow());
                return Xml(new(Ns + "CopyObjectResult", new XElement(Ns + "ETag", Tag(copied.Bytes)), new XElement(Ns + "LastModified", Iso(Time.GetUtcNow()))));
            case "PUT":
                Objects[key] = (body, Time.GetUtcNow());
                return Kept(call.Response, body);
            case "POST" when query["uploadId"] is { } id:
                _uploads.TryRemove(id, out var parts);
                Objects[key] = ([.. parts!.Values.SelectMany(p => p)], Time.GetUtcNow());
                return Xml(new(Ns + "CompleteMultipartUploadResult", new XElement(Ns + "Key", key), new XElement(Ns + "ETag", "\"parts\"")));
            case "POST":
                var upload = Guid.NewGuid().ToString("N");
                _uploads[upload] = [];
                return Xml(new(Ns + "InitiateMultipartUploadResult", new XElement(Ns + "Bucket", Bucket), new XElement(Ns + "Key", key), new XElement(Ns + "UploadId", upload)));
            default:
                return Failed(call.Response, 405, "MethodNotAllowed");
        }
    }

    private byte[] List(string prefix, string? after)
    {
        var found = Objects.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(o.Key, after) > 0).OrderBy(o => o.Key, StringComparer.Ordinal).ToList();
        var page = found.Take(PageSize).ToList();
        var more = found.Count > PageSize;
        return Xml(new(
            Ns + "ListBucketResult", new XElement(Ns + "Name", Bucket), new XElement(Ns + "KeyCount", page.Count), new XElement(Ns + "IsTruncated", more),
            more ? new XElement(Ns + "NextContinuationToken", page[^1].Key) : null,
            page.Select(o => new XElement(
                Ns + "Contents", new XElement(Ns + "Key", o.Key), new XElement(Ns + "LastModified", Iso(o.Value.At)), new XElement(Ns + "Size", o.Value.Bytes.Length)))));
    }

    private static byte[] Found(HttpListenerResponse response, (byte[] Bytes, DateTimeOffset At) found)
    {
        response.Headers["Last-Modified"] = found.At.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        response.Headers["ETag"] = Tag(found.Bytes);
        response.ContentLength64 = found.Bytes.Length;
        return found.Bytes;
    }

    private static byte[] Kept(HttpListenerResponse response, byte[] bytes)
    {
        response.Headers["ETag"] = Tag(bytes);
        return [];
    }

    private static byte[] Failed(HttpListenerResponse response, int status, string code)
    {
        response.StatusCode = status;
        return Xml(new("Error", new XElement("Code", code), new XElement("Message", code)));
    }

    private static byte[] Xml(XElement element) => Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{element}");

    private static string Tag(byte[] bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..31]}-1\"";

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static async Task<byte[]> ReadAsync(HttpListenerRequest request)
    {
        using var all = new MemoryStream();
        await request.InputStream.CopyToAsync(all);
        var chunked = request.Headers["x-amz-content-sha256"]?.StartsWith("STREAMING-", StringComparison.Ordinal) == true;
        return chunked ? Unchunk(all.ToArray()) : all.ToArray();
    }

    /// <summary><c>size-in-hex;chunk-signature=…\r\n bytes \r\n</c>, to the chunk of size 0.</summary>
    private static byte[] Unchunk(byte[] body)
    {
        using var bytes = new MemoryStream();
        for (var at = 0; ;)
        {
            var line = Array.IndexOf(body, (byte)'\n', at);
            var size = int.Parse(Encoding.ASCII.GetString(body, at, line - at).Split(';', '\r')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0) return bytes.ToArray();
            bytes.Write(body, line + 1, size);
            at = line + 1 + size + 2;
        }
    }
}
