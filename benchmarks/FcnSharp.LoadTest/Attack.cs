using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FcnSharp.Imaging;

namespace FcnSharp.LoadTest;

/// <summary>A kind of attack on the service, repeated on new connections.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Clients">Number of concurrent attackers.</param>
/// <param name="Statuses">The allowed statuses besides 503 (busy) and 504 (timeout); 0 means no response.</param>
/// <param name="ActAsync">Attacks once, on a new connection.</param>
internal sealed record Attack(string Name, int Clients, int[] Statuses, Func<NetworkStream, CancellationToken, Task<int>> ActAsync)
{
    private const string Overlay = "image/png";
    private const string Json = "application/json";

    /// <summary>A JPEG whose overlay is a PNG of about 30 MB.</summary>
    private static readonly byte[] Noise = NoisePicture(4000, 3000);

    /// <summary>49 million pixels in 660 kB.</summary>
    private static readonly byte[] Bomb = RequestKinds.Png(new RgbImage(new byte[3 * 7000 * 7000], 7000, 7000));

    private static readonly byte[] HollowBomb = RequestKinds.PngThatClaims(7000);

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("reads 1 kB/s", 20, [200], (stream, end) => ReadSlowlyAsync(stream, 1_000, end)),
        new("reads 100 kB/s", 20, [200], (stream, end) => ReadSlowlyAsync(stream, 100_000, end)),
        new("writes 1 byte/s", 3, [408, 0], (stream, end) => WriteSlowlyAsync(stream, 1, end)),
        new("writes 100 kB/s", 2, [0], (stream, end) => WriteSlowlyAsync(stream, 100_000, end)),
        new("endless chunks", 1, [413, 0], (stream, end) => WriteChunksAsync(stream, "image/png", "", end)),
        new("endless form field", 1, [413, 0], (stream, end) => WriteChunksAsync(
            stream, "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\n", end)),
        new("reset in the request", 2, [0], ResetInRequestAsync),
        new("reset in the answer", 2, [200], ResetInAnswerAsync),
        new("bomb, JSON", 1, [200], (stream, end) => AskAsync(stream, Bomb, Json, end)),
        new("bomb, overlay", 1, [200], (stream, end) => AskAsync(stream, Bomb, Overlay, end)),
        new("hollow bomb", 1, [422], (stream, end) => AskAsync(stream, HollowBomb, Json, end)),
    ];

    /// <summary>Repeats the attack until <paramref name="end"/>, which also cancels the attack in progress.</summary>
    public async Task RunAsync(Uri address, Tally tally, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var clock = Stopwatch.StartNew();
            var status = 0;
            try
            {
                // A small receive buffer, so that the system does not read ahead for a slow client.
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 1 << 14 };
                await socket.ConnectAsync(IPAddress.Loopback, address.Port, end);
                await using var stream = new NetworkStream(socket);
                status = await ActAsync(stream, end);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (IOException)
            {
                // The service may close a connection before the client has received the response.
            }

            tally.Add(Name, status, clock.Elapsed, status is 503 or 504 || Statuses.Contains(status));
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(100), end));
        }
    }

    private static async Task<int> AskAsync(NetworkStream stream, byte[] picture, string accept, CancellationToken end)
    {
        await stream.WriteAsync(Head("image/jpeg", accept, $"Content-Length: {picture.Length}"), end);
        var answer = StatusAsync(stream, end);
        try
        {
            await stream.WriteAsync(picture, end);
        }
        catch (IOException)
        {
            // The request was refused and the connection closed before the whole picture was sent.
        }

        return await answer;
    }

    private static async Task<int> ReadSlowlyAsync(NetworkStream stream, int bytesPerSecond, CancellationToken end)
    {
        var status = await AskAsync(stream, Noise, Overlay, end);
        var buffer = new byte[bytesPerSecond / 10];
        try
        {
            while (await stream.ReadAsync(buffer, end) > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), end);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The connection was closed because the client reads too slowly, or the attack has ended.
        }

        return status;
    }

    private static async Task<int> WriteSlowlyAsync(NetworkStream stream, int bytesPerSecond, CancellationToken end)
    {
        await stream.WriteAsync(Head("image/jpeg", Json, "Content-Length: 20000000"), end);
        var answer = StatusAsync(stream, end);
        while (!answer.IsCompleted)
        {
            await stream.WriteAsync(Noise.AsMemory(0, bytesPerSecond), end);
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), end));
        }

        return await answer;
    }

    private static async Task<int> WriteChunksAsync(NetworkStream stream, string contentType, string begin, CancellationToken end)
    {
        await stream.WriteAsync(Head(contentType, Json, "Transfer-Encoding: chunked"), end);
        await WriteChunkAsync(Encoding.ASCII.GetBytes(begin));
        var answer = StatusAsync(stream, end);
        while (!answer.IsCompleted)
        {
            await WriteChunkAsync(Noise.AsMemory(0, 1 << 16));
        }

        return await answer;

        async Task WriteChunkAsync(ReadOnlyMemory<byte> bytes)
        {
            if (!bytes.IsEmpty)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), end);
                await stream.WriteAsync(bytes, end);
                await stream.WriteAsync("\r\n"u8.ToArray(), end);
            }
        }
    }

    private static async Task<int> ResetInRequestAsync(NetworkStream stream, CancellationToken end)
    {
        await stream.WriteAsync(Head("image/jpeg", Json, $"Content-Length: {Noise.Length}"), end);
        await stream.WriteAsync(Noise.AsMemory(0, Noise.Length / 2), end);
        Reset(stream);
        return 0;
    }

    private static async Task<int> ResetInAnswerAsync(NetworkStream stream, CancellationToken end)
    {
        var status = await AskAsync(stream, Noise, Overlay, end);
        Reset(stream);
        return status;
    }

    /// <summary>Resets the connection instead of closing it in order.</summary>
    private static void Reset(NetworkStream stream)
    {
        stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        stream.Socket.Close();
    }

    private static byte[] Head(string contentType, string accept, string length) => Encoding.ASCII.GetBytes(
        "POST /api/segment HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
        $"Accept: {accept}\r\nContent-Type: {contentType}\r\n{length}\r\n\r\n");

    /// <returns>The status in the first line of the response; 0 if the connection ends without one.</returns>
    private static async Task<int> StatusAsync(NetworkStream stream, CancellationToken end)
    {
        var line = new byte["HTTP/1.1 200".Length];
        var read = await stream.ReadAtLeastAsync(line, line.Length, throwOnEndOfStream: false, end);
        return read == line.Length ? int.Parse(line.AsSpan(^3..), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    private static byte[] NoisePicture(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        new Random(Seed: 1).NextBytes(pixels);
        using var stream = new MemoryStream();
        new RgbImage(pixels, width, height).Write(stream, ImageFormat.Jpeg, quality: 50);
        return stream.ToArray();
    }
}
