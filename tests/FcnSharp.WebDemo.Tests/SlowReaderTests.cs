using System.Net;
using System.Net.Sockets;
using FcnSharp.Imaging;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>Buffered responses have a memory limit, and release their memory; a slow reader does not block
/// others.</summary>
public sealed class SlowReaderTests : IDisposable
{
    /// <summary>More than the buffers of a connection hold.</summary>
    private static readonly byte[] Noise = NoisePng(2000, 2000);

    private readonly GatedEngine engine = new();

    public void Dispose() => engine.Dispose();

    [Fact]
    public async Task Segment_WhoseClientDoesNotRead_KeepsNoPlaceAndNoTurn()
    {
        using var server = new Server(
            engine, (nameof(ServiceOptions.MaxRequests), "1"), (nameof(ServiceOptions.MaxPicturesAtOnce), "1"));
        await using var slow = await AskAndReadOneLineAsync(server);

        using var next = await server.PictureAsync(Send.SmallPng);

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Segment_WhenUnreadAnswersFillTheirRoom_Answers503UntilTheyAreRead()
    {
        using var server = new Server(
            engine, (nameof(ServiceOptions.MaxAnswerBytes), $"{16 << 20}"), (nameof(ServiceOptions.MinBytesPerSecond), "1"));
        await using var slow = await AskAndReadOneLineAsync(server);

        using var refused = await server.PictureAsync(Noise, "image/png");
        using var small = await server.PictureAsync(Send.SmallPng, "image/png");
        await slow.CopyToAsync(Stream.Null, new CancellationTokenSource(Send.Patience).Token);
        using var next = await server.PictureAsync(Noise, "image/png");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData(true, "1")]
    [InlineData(false, "1000000000")]
    public async Task Segment_WhoseClientLeavesOrReadsTooSlowly_GivesItsRoomBack(bool leaves, string minBytesPerSecond)
    {
        using var server = new Server(
            engine,
            (nameof(ServiceOptions.MaxAnswerBytes), $"{16 << 20}"),
            (nameof(ServiceOptions.MinBytesPerSecond), minBytesPerSecond));
        await using var slow = await AskAndReadOneLineAsync(server);

        if (leaves)
        {
            await slow.DisposeAsync();
        }

        var status = HttpStatusCode.ServiceUnavailable;
        using var patience = new CancellationTokenSource(Send.Patience);
        while (status == HttpStatusCode.ServiceUnavailable)
        {
            using var next = await server.PictureAsync(Noise, "image/png", cancellationToken: patience.Token);
            status = next.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Segment_OfALargeOverlay_SendsTheLibrarysBytesAndTheirLength()
    {
        using var server = new Server(engine);

        using var response = await server.PictureAsync(Noise, "image/png");

        using var stream = new MemoryStream(Noise);
        var photo = RgbImage.Load(stream);
        var labels = new LabelMap(new byte[2000 * 2000], 2000, 2000);
        using var expected = new MemoryStream();
        Overlay.Blend(photo, labels, ClassList.Numbered(2)).Write(expected, ImageFormat.Png);
        Assert.Equal(expected.Length, response.Content.Headers.ContentLength);
        Assert.Equal(expected.ToArray(), await response.Content.ReadAsByteArrayAsync());
    }

    private static async Task<NetworkStream> AskAndReadOneLineAsync(Server server)
    {
        var stream = await server.ConnectAsync();
        await stream.WriteAsync(Send.Head("image/png", $"Connection: close\r\nContent-Length: {Noise.Length}"));
        await stream.WriteAsync(Noise);
        Assert.Equal("HTTP/1.1 200 OK", await stream.StatusLineAsync());
        return stream;
    }

    private static byte[] NoisePng(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        new Random(Seed: 1).NextBytes(pixels);
        using var stream = new MemoryStream();
        new RgbImage(pixels, width, height).Write(stream, ImageFormat.Png);
        return stream.ToArray();
    }
}
