using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using Nexus.Data.Identity;
using Nexus.Web.Platform;
using Nexus.Web.Tests.Identity;
using Shouldly;
using Xunit;

namespace Nexus.Web.Tests.Live;

/// <summary>
/// Bytes as no browser and no client library sends them, to the pages' own connection and to the hub: who sends them is cut off, and
/// nobody else notices.
/// </summary>
public sealed class RawSocketTests(PortalApp portal) : IClassFixture<PortalApp>
{
    private const string Password = "four words make it";
    private const byte End = 0x1E;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Dictionary<string, System.Net.CookieContainer> _sessions = [];

    public static TheoryData<string, string> Rubbish
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var path in new[] { "/_blazor", "/hubs/live" })
                foreach (var what in new[] { "noise first", "a foreign protocol", "a handshake without end", "noise", "a message too large", "a length that lies", "half a message, then another's end", "nested 10,000 deep", "a call of nothing, then noise" })
                    all.Add(path, what);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Rubbish))]
    public async Task Connection_that_sends_rubbish_or_too_much_is_cut_off_and_no_other_is(string path, string what)
    {
        using var other = await ConnectAsync("/hubs/live");
        await ShakeAsync(other, "json");
        using var socket = await ConnectAsync(path);
        var pages = path == "/_blazor";
        if (what is not ("noise first" or "a foreign protocol" or "a handshake without end")) await ShakeAsync(socket, pages ? "blazorpack" : "json");

        await TrySendAsync(socket, Bytes(what, pages));
        if (what == "a call of nothing, then noise") await TrySendAsync(socket, Noise());

        await CutAsync(socket);
        await other.SendAsync("""{"type":1,"invocationId":"1","target":"Subscribe","arguments":["approvals"]}"""u8.ToArray().Append(End).ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        (await ReadUntilAsync(other, "\"invocationId\":\"1\"")).ShouldNotContain("error");
        portal.Errors.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Flood_of_calls_is_answered_one_after_the_other_and_others_are_answered_meanwhile()
    {
        using var flood = await ConnectAsync("/hubs/live");
        await ShakeAsync(flood, "json");
        var calls = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($$"""{"type":1,"target":"Nothing","arguments":[]}{{(char)End}}""", 400)));

        for (var i = 0; i < 50 && flood.State == WebSocketState.Open; i++)
        {
            await TrySendAsync(flood, calls);
            using var answer = await portal.As("other", Role.Viewer).GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
            answer.IsSuccessStatusCode.ShouldBeTrue();
        }

        portal.Errors.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/hubs/live")]
    public async Task Connections_beyond_what_one_caller_may_have_are_cut_off_and_another_callers_are_not(string path)
    {
        var sockets = new List<ClientWebSocket>();
        try
        {
            for (var i = 0; i < OpenConnections.MaxPerCaller; i++)
            {
                sockets.Add(await ConnectAsync(path, "many"));
                await ShakeAsync(sockets[^1], path == "/_blazor" ? "blazorpack" : "json");
            }

            await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(path, "many"));
            sockets[0].State.ShouldBe(WebSocketState.Open);
            using var another = await ConnectAsync(path);
            await ShakeAsync(another, path == "/_blazor" ? "blazorpack" : "json");
            sockets[7].Abort();
            await ConnectUntilAsync(path, sockets);
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    // One that is gone makes room for another.
    private async Task ConnectUntilAsync(string path, List<ClientWebSocket> sockets)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                sockets.Add(await ConnectAsync(path, "many"));
                return;
            }
            catch (WebSocketException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    private static byte[] Bytes(string what, bool pages) => what switch
    {
        "noise first" or "noise" => Noise(),
        "a foreign protocol" => [.. """{"protocol":"soap","version":1}"""u8, End],
        "a handshake without end" => Enumerable.Repeat((byte)'{', 100_000).ToArray(),
        "a message too large" => pages ? [.. Length(1_000_000), .. new byte[1_000_000]] : [.. """{"type":1,"target":"Subscribe","arguments":[" """u8, .. Enumerable.Repeat((byte)'a', 1_000_000), .. "\"]}"u8, End],
        "a length that lies" => pages ? [0xFF, 0xFF, 0xFF, 0xFF, 0x7F, .. new byte[64]] : [.. """{"type":1,"invocationId":"""u8, .. new byte[64], End],
        "half a message, then another's end" => pages ? [2, 0x95, 0x01, 3, 0xC1, 0xC1, 0xC1] : [.. """{"type":1,"tar"""u8, End, .. """get":"Subscribe"}"""u8, End],
        "nested 10,000 deep" => pages ? [.. Length(10_000), .. Enumerable.Repeat((byte)0x91, 10_000)] : [.. """{"type":1,"target":"Subscribe","arguments":"""u8, .. Enumerable.Repeat((byte)'[', 10_000), .. Enumerable.Repeat((byte)']', 10_000), .. "}"u8, End],
        // [1, {}, null, "StartCircuit", ["x", "x", "x", "x"], []]: no such page, no such component.
        _ => pages ? [.. Call("StartCircuit", "x", "x", "x", "x")] : [.. """{"type":1,"target":"StartCircuit","arguments":["x"]}"""u8, End],
    };

    private static byte[] Call(string target, params string[] arguments)
    {
        byte[] Text(string text) => [(byte)(0xA0 | text.Length), .. Encoding.ASCII.GetBytes(text)];
        byte[] message = [0x96, 0x01, 0x80, 0xC0, .. Text(target), (byte)(0x90 | arguments.Length), .. arguments.SelectMany(Text), 0x90];
        return [.. Length(message.Length), .. message];
    }

    private static byte[] Noise()
    {
        var noise = new byte[4096];
        new Random(3).NextBytes(noise);
        BinaryPrimitives.WriteUInt16LittleEndian(noise, 0x01FF); // a whole message of 255 bytes, as the pages' protocol counts them
        noise[2] = 0xC1; // which no message begins with
        noise[^1] = End;
        return noise;
    }

    private static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        for (; length > 127; length >>= 7) bytes.Add((byte)(length & 127 | 128));
        return [.. bytes, (byte)length];
    }

    private static byte[] Handshake(string protocol) => [.. Encoding.UTF8.GetBytes($$"""{"protocol":"{{protocol}}","version":1}"""), End];

    /// <summary>Pages by a session, the hub by a key.</summary>
    private async Task<ClientWebSocket> ConnectAsync(string path, string person = "raw")
    {
        var at = new UriBuilder(new Uri(portal.ClientOptions.BaseAddress, path)) { Scheme = "ws" }.Uri;
        var socket = new ClientWebSocket();
        if (path == "/_blazor")
        {
            socket.Options.Cookies = await SessionAsync(person);
            socket.Options.SetRequestHeader("Origin", portal.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority));
        }
        else
        {
            socket.Options.SetRequestHeader("Authorization", portal.As(person, Role.Viewer).DefaultRequestHeaders.Authorization!.ToString());
        }

        await socket.ConnectAsync(at, TestContext.Current.CancellationToken);
        return socket;
    }

    private async Task<System.Net.CookieContainer> SessionAsync(string person)
    {
        if (_sessions.TryGetValue(person, out var known)) return known;
        var name = $"{person}-{Guid.NewGuid():N}";
        await portal.Get<PersonService>().CreateAsync(new(name, name, [Role.Viewer], Password), PortalApp.Stage, TestContext.Current.CancellationToken);
        using var browser = new SignInBrowser(portal);
        (await browser.SignInAsync(name, Password)).Dispose();
        return _sessions[person] = browser.Cookies;
    }

    private static async Task ShakeAsync(ClientWebSocket socket, string protocol)
    {
        await socket.SendAsync(Handshake(protocol), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        (await ReadUntilAsync(socket, "{}")).ShouldNotContain("error");
    }

    private static async Task TrySendAsync(ClientWebSocket socket, byte[] bytes)
    {
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        }
        catch (Exception cut) when (cut is WebSocketException or IOException)
        {
            // Cut off while it was still sending.
        }
    }

    private static async Task<string> ReadUntilAsync(ClientWebSocket socket, string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        var (read, buffer) = (new StringBuilder(), new byte[64 * 1024]);
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer, limit.Token);
            part.MessageType.ShouldNotBe(WebSocketMessageType.Close, read.ToString());
            read.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }

        return read.ToString();
    }

    private static async Task CutAsync(ClientWebSocket socket)
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[64 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
            {
                // What it was still told.
            }
        }
        catch (WebSocketException)
        {
            // Without a word.
        }
    }
}
