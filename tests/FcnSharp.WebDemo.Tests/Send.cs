using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FcnSharp.Imaging;

namespace FcnSharp.WebDemoTests;

/// <summary>Requests to the demo, and the pictures in them.</summary>
internal static class Send
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static byte[] Leuven { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wwwroot", "leuven.jpg"));

    public static byte[] SmallPng { get; } = Png(8, 6);

    public static byte[] Png(int width, int height)
    {
        using var stream = new MemoryStream();
        new RgbImage(new byte[3 * width * height], width, height).Write(stream, ImageFormat.Png);
        return stream.ToArray();
    }

    public static Task<HttpResponseMessage> PictureAsync(
        this Server server, byte[] picture, string? accept = null, string query = "", CancellationToken cancellationToken = default) =>
        server.PostAsync(Body(picture), accept, query, cancellationToken);

    public static async Task<HttpResponseMessage> PostAsync(
        this Server server, HttpContent content, string? accept = null, string query = "", CancellationToken cancellationToken = default)
    {
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/segment" + query) { Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await client.SendAsync(request, cancellationToken);
    }

    public static ByteArrayContent Body(byte[] bytes, string type = "image/png")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>A raw connection for clients that misbehave, with a small receive buffer.</summary>
    public static async Task<NetworkStream> ConnectAsync(this Server server)
    {
        server.StartServer();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 1 << 14 };
        await socket.ConnectAsync(IPAddress.Loopback, server.ClientOptions.BaseAddress.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The head of a request for an overlay.</summary>
    /// <param name="type">The content type of its body.</param>
    /// <param name="length">The header that says how long its body is.</param>
    public static byte[] Head(string type, string length) => Encoding.ASCII.GetBytes(
        $"POST /api/segment HTTP/1.1\r\nHost: localhost\r\nAccept: image/png\r\nContent-Type: {type}\r\n{length}\r\n\r\n");

    /// <summary>Reads the first line of a response, byte by byte, and leaves the rest unread.</summary>
    public static async Task<string> StatusLineAsync(this NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        List<byte> line = [];
        var next = new byte[1];
        while (line is not [.., (byte)'\n'] && await stream.ReadAsync(next, patience.Token) > 0)
        {
            line.Add(next[0]);
        }

        return Encoding.ASCII.GetString([.. line]).TrimEnd();
    }

    /// <summary>Waits until a condition holds that another thread causes.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
