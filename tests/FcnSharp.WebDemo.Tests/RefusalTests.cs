using System.Net;
using System.Net.Sockets;
using System.Text;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>Refused requests get a problem document with the right status and a readable message.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int Limit = 2048;
    private readonly GatedEngine engine = new();
    private readonly Server server;

    public RefusalTests() => server = new Server(
        engine, (nameof(ServiceOptions.MaxBodyBytes), $"{Limit}"), (nameof(ServiceOptions.TimeoutSeconds), "1"));

    public void Dispose() => server.Dispose();

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public async Task Segment_OfABodyThatIsNoPicture_Answers415(string? type)
    {
        using var content = new ByteArrayContent(Send.SmallPng);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        await AssertProblemAsync(HttpStatusCode.UnsupportedMediaType, "image/jpeg", await server.PostAsync(content));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/jpeg")]
    public async Task Segment_ForAnAnswerThatIsNotOffered_Answers406WithTheOffers(string accept) =>
        await AssertProblemAsync(HttpStatusCode.NotAcceptable, "image/png;kind=labels", await server.PictureAsync(Send.SmallPng, accept));

    [Fact]
    public async Task Segment_OfSomethingElse_Answers422() =>
        await AssertProblemAsync(
            HttpStatusCode.UnprocessableEntity, "JPEG, PNG, WebP", await server.PictureAsync("dear diary"u8.ToArray()));

    [Fact]
    public async Task Segment_OfAPictureThatEndsEarly_Answers422() =>
        await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "ends before", await server.PictureAsync(Send.SmallPng[..45]));

    [Fact]
    public async Task Segment_OfNothing_Answers422() =>
        await AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "0 bytes", await server.PictureAsync([]));

    [Fact]
    public async Task Segment_OfMoreBytesThanAllowed_Answers413() =>
        await AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, $"{Limit} bytes", await server.PictureAsync(new byte[Limit + 1]));

    [Fact]
    public async Task Segment_OfMoreBytesThanAllowedWithoutALength_Answers413()
    {
        using var content = Send.Body(new byte[Limit + 1]);
        using var unmeasured = new ChunkedContent(content);

        await AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, $"{Limit} bytes", await server.PostAsync(unmeasured));
    }

    [Fact]
    public async Task Segment_OfAFormWithMoreBytesThanAllowed_Answers413()
    {
        using var form = new MultipartFormDataContent { { Send.Body(new byte[Limit + 1]), "picture", "big.png" } };

        await AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, $"{Limit} bytes", await server.PostAsync(form));
    }

    [Fact]
    public async Task Segment_OfExactlyTheBytesAllowed_IsRead()
    {
        byte[] padded = [.. Send.SmallPng, .. new byte[Limit - Send.SmallPng.Length]];

        using var response = await server.PictureAsync(padded);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Segment_OfMorePixelsThanAllowed_Answers413AndSaysHowMany()
    {
        using var strict = new Server(settings: (nameof(ServiceOptions.MaxPixels), "47"));

        await AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "47 pixels", await strict.PictureAsync(Send.SmallPng));
    }

    [Fact]
    public async Task Segment_OfAFormWithoutAFile_Answers400()
    {
        using var form = new MultipartFormDataContent { { new StringContent("hello"), "comment" } };

        await AssertProblemAsync(HttpStatusCode.BadRequest, "one file", await server.PostAsync(form));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\n\r\nhalf")]
    [InlineData("multipart/form-data; boundary=b", "nothing of the kind")]
    [InlineData("multipart/form-data", "--b--")]
    public async Task Segment_OfABrokenForm_Answers400(string type, string body) =>
        await AssertProblemAsync(
            HttpStatusCode.BadRequest, "multipart/form-data", await server.PostAsync(Send.Body(Encoding.ASCII.GetBytes(body), type)));

    [Theory]
    [InlineData("?opacity=7", "0 to 1")]
    [InlineData("?opacity=much", "opacity")]
    [InlineData("?min_region=0", "1 or more")]
    public async Task Segment_WithAnOptionOutOfRange_Answers400(string query, string word) =>
        await AssertProblemAsync(HttpStatusCode.BadRequest, word, await server.PictureAsync(Send.SmallPng, query: query));

    [Fact]
    public async Task Segment_ThatFailsUnforeseen_Answers500WithoutTheReason()
    {
        using var client = server.CreateClient();
        engine.Failure = new InvalidOperationException("secret of the house");

        var response = await server.PictureAsync(Send.SmallPng);

        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync());
        await AssertProblemAsync(HttpStatusCode.InternalServerError, "not your fault", response);
    }

    [Fact]
    public async Task Segment_ThatTakesTooLong_IsCancelledAndAnswers504()
    {
        using var client = server.CreateClient();
        engine.CloseGate();

        var response = await server.PictureAsync(Send.SmallPng);

        await engine.Cancelled.Task.WaitAsync(Send.Patience);
        await AssertProblemAsync(HttpStatusCode.GatewayTimeout, "in time", response);
    }

    [Fact]
    public async Task Segment_OfAnUploadThatDoesNotComeInTime_Answers504() =>
        Assert.Equal("HTTP/1.1 504 Gateway Timeout", await AnswerToAStalledUploadAsync(server));

    [Fact]
    public async Task Segment_OfAnUploadThatStalls_Answers408()
    {
        using var patient = new Server(engine);

        Assert.Equal("HTTP/1.1 408 Request Timeout", await AnswerToAStalledUploadAsync(patient));
    }

    [Fact]
    public async Task Segment_OfAnEndlessFormWithoutAFile_Answers413()
    {
        await using var stream = await server.ConnectAsync();
        await stream.WriteAsync(Send.Head("multipart/form-data; boundary=b", "Transfer-Encoding: chunked"));
        await stream.WriteAsync(Chunk("--b\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\n"));

        for (var sent = 0; sent <= Limit; sent += 256)
        {
            await stream.WriteAsync(Chunk(new string('x', 256)));
        }

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await stream.StatusLineAsync());
    }

    [Fact]
    public async Task Segment_OfMoreBytesThanAllowedFromAClientThatDoesNotListen_LetsItFinishFirst()
    {
        const int bytes = 24 << 20; // More than the connection buffers, and than the default limit of 20 MiB.
        using var shipped = new Server(engine);
        await using var stream = await shipped.ConnectAsync();
        await stream.WriteAsync(Send.Head("image/png", $"Content-Length: {bytes}"));

        await stream.WriteAsync(new byte[bytes]);

        Assert.Equal("HTTP/1.1 413 Payload Too Large", await stream.StatusLineAsync());
    }

    [Fact]
    public async Task Get_OfTheEndpoint_Answers405()
    {
        using var client = server.CreateClient();

        var response = await client.GetAsync(new Uri("/api/segment", UriKind.Relative));

        await AssertProblemAsync(HttpStatusCode.MethodNotAllowed, "", response);
    }

    [Fact]
    public async Task Get_OfAnUnknownAddress_Answers404()
    {
        using var client = server.CreateClient();

        await AssertProblemAsync(HttpStatusCode.NotFound, "", await client.GetAsync(new Uri("/../appsettings.json", UriKind.Relative)));
    }

    private static async Task<string?> AnswerToAStalledUploadAsync(Server server)
    {
        await using var stream = await server.ConnectAsync();
        await stream.WriteAsync(Send.Head("image/png", "Content-Length: 100"));
        return await stream.StatusLineAsync();
    }

    private static byte[] Chunk(string text) => Encoding.ASCII.GetBytes($"{text.Length:x}\r\n{text}\r\n");

    private static async Task AssertProblemAsync(HttpStatusCode status, string detail, HttpResponseMessage response)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.Contains(detail, problem.TryGetProperty("detail", out var text) ? text.GetString() : "", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", problem.ToString());
    }
}
