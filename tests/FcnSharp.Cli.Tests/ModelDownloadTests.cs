using System.Globalization;
using System.Security.Cryptography;
using FcnSharp.Cli.Models;

namespace FcnSharp.CliTests;

/// <summary>Downloads from servers that misbehave.</summary>
public sealed class ModelDownloadTests : IDisposable
{
    private const string Name = "tiny";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly byte[] bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 / 5))];
    private readonly Tool tool = new();

    private PublishedModel Model => new()
    {
        Name = Name,
        File = $"tiny-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..8]}.pth",
        Mebibytes = bytes.Length / 1048576.0,
        Purpose = "tests",
        Scores = "none",
    };

    private string Path => tool.At("cache", "tiny.pth");

    private string Partial => $"{Path}.part";

    public void Dispose() => tool.Dispose();

    [Fact]
    public async Task Fetch_AFile_WritesItWhole()
    {
        using var server = Serving();
        var told = new List<(long, long)>();

        await Fetch(server, (done, total) => told.Add((done, total)));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path));
        Assert.False(File.Exists(Partial));
        Assert.Equal((bytes.Length, bytes.Length), told[^1]);
        Assert.StartsWith($"GET /models/{Model.File} HTTP/1.1", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_AfterATruncatedAnswer_GoesOnWhereItStopped()
    {
        using (var broken = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "200 OK", $"Content-Length: {bytes.Length}\r\n", bytes.AsMemory(0, 100_000))))
        {
            var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(broken));
            Assert.Contains("to resume the download", fault.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(Path));
            Assert.Equal(100_000, new FileInfo(Partial).Length);
        }

        using var server = Serving();
        await Fetch(server);

        Assert.Contains("Range: bytes=100000-", server.Requests.Single(), StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path));
    }

    [Fact]
    public async Task Fetch_FromAServerWithoutRanges_BeginsAgain()
    {
        Put(bytes[..5000]);
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "200 OK", $"Content-Length: {bytes.Length}\r\n", bytes));

        await Fetch(server);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path));
    }

    [Fact]
    public async Task Fetch_OfAPartThatIsWhole_OnlyChecksIt()
    {
        Put(bytes);
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "416 Range Not Satisfiable", "Content-Length: 0\r\n", default));

        await Fetch(server);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path));
    }

    [Fact]
    public async Task Fetch_AnotherPartThanAskedFor_IsRefused()
    {
        Put(bytes[..5000]);
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "206 Partial Content", $"Content-Range: bytes 0-9/{bytes.Length}\r\nContent-Length: 10\r\n", bytes.AsMemory(0, 10)));

        var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(server));

        Assert.Contains("another range than the requested one", fault.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(Partial).Length);
    }

    [Fact]
    public async Task Fetch_AFileOfAnotherSum_IsThrownAway()
    {
        var other = bytes.ToArray();
        other[1234]++;
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "200 OK", $"Content-Length: {bytes.Length}\r\n", other));

        var fault = await Assert.ThrowsAnyAsync<IOException>(() => Fetch(server));

        Assert.Contains($"but {Model.Sha256}... was published", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(other)), fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(tool.At("cache")));
    }

    [Fact]
    public async Task Fetch_AFileOfTheSameFirstDigits_IsThrownAwayWhereTheWholeSumIsKnown()
    {
        using var server = Serving();
        var pinned = Model with { Sha256 = Model.Sha256.PadRight(64, '0') };

        var fault = await Assert.ThrowsAnyAsync<IOException>(() => Fetch(server, model: pinned));

        Assert.Contains($"but {pinned.Sha256} was published", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(tool.At("cache")));
    }

    [Fact]
    public async Task Fetch_AnAnswerThatNeverEnds_StopsAtTheSizeLimit()
    {
        using var server = new ScriptedServer(async (_, stream) =>
        {
            await ScriptedServer.WriteAsync(stream, "200 OK", "", default);
            while (true)
            {
                await stream.WriteAsync(bytes);
            }
        });

        var fault = await Assert.ThrowsAnyAsync<IOException>(() => Fetch(server));

        Assert.Contains($"is longer than {Model.MaxBytes} bytes", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(tool.At("cache")));
    }

    [Fact]
    public async Task Fetch_AnAnswerThatClaimsTooMuch_IsRefusedBeforeItIsRead()
    {
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "200 OK", "Content-Length: 99999999999\r\n", default));

        var fault = await Assert.ThrowsAnyAsync<IOException>(() => Fetch(server));

        Assert.Contains("so it is another file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_FromAServerThatSaysNothing_GivesUp()
    {
        using var server = new ScriptedServer(async (_, stream) =>
        {
            await ScriptedServer.WriteAsync(stream, "200 OK", $"Content-Length: {bytes.Length}\r\n", bytes.AsMemory(0, 10));
            await Task.Delay(TimeSpan.FromMinutes(1));
        });

        var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(server));

        Assert.Contains("127.0.0.1 sent no data for 1 s", fault.Message, StringComparison.Ordinal);
        Assert.Equal(10, new FileInfo(Partial).Length);
    }

    [Fact]
    public async Task Fetch_RedirectsInACircle_AreCounted()
    {
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "302 Found", "Location: /models/again\r\nContent-Length: 0\r\n", default));

        var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(server));

        Assert.Contains("redirects more than 5 times", fault.Message, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_ARedirectAwayFromHttps_IsRefused()
    {
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "301 Moved Permanently", "Location: http://models.example/tiny.pth\r\nContent-Length: 0\r\n", default));

        var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(server));

        Assert.Contains("http://models.example/tiny.pth is not HTTPS", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_AMissingFile_SaysWhatTheServerAnswered()
    {
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "404 Not Found", "Content-Length: 0\r\n", default));

        var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(server));

        Assert.Contains("answered 404 Not Found", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_WhereNobodyListens_SaysSo()
    {
        var server = Serving();
        server.Dispose();

        var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(server));

        Assert.StartsWith($"{Name}: {server.Address}{Model.File} could not be fetched: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_WhileAnotherOneDoes_SaysWhoHasTheFile()
    {
        Put([]);
        await using var other = new FileStream(Partial, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var server = Serving();

        var fault = await Assert.ThrowsAsync<IOException>(() => Fetch(server));

        Assert.Contains("in use by another fcn pull", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_Cancelled_KeepsWhatIsThere()
    {
        using var stop = new CancellationTokenSource();
        using var server = new ScriptedServer(async (_, stream) =>
        {
            await ScriptedServer.WriteAsync(stream, "200 OK", $"Content-Length: {bytes.Length}\r\n", bytes.AsMemory(0, 1000));
            await stop.CancelAsync();
            await Task.Delay(TimeSpan.FromMinutes(1));
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch(server, cancellationToken: stop.Token));

        Assert.True(File.Exists(Partial));
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void Catalogue_HasTheDigitsOfEveryFile()
    {
        Assert.Equal(PublishedModel.All.Count, PublishedModel.All.Select(model => model.Name).Distinct().Count());
        Assert.All(PublishedModel.All, model =>
        {
            Assert.Matches("^([0-9a-f]{8}|[0-9a-f]{64})$", model.Sha256);
            Assert.Contains($"-{model.Sha256[..8]}.", model.File, StringComparison.Ordinal);
        });
        Assert.Equal("https://download.pytorch.org/models/", PublishedModel.Find("FCN_ResNet50")!.Publisher.ToString());
        Assert.Equal("b627a593", PublishedModel.Find("resnet34")!.Sha256);
        Assert.All(["fcn_resnet50", "fcn_resnet101"], name => Assert.Equal(64, PublishedModel.Find(name)!.Sha256.Length));
    }

    [Theory]
    [InlineData("/var/cache/me", null, "/var/cache/me")]
    [InlineData("relative", "/local", "/local")]
    [InlineData(null, "/local", "/local")]
    public void Cache_FollowsTheEnvironment(string? xdg, string? local, string expected) =>
        Assert.Equal(expected, ModelCache.SystemFolder(name => name == "XDG_CACHE_HOME" ? xdg : local));

    private ScriptedServer Serving() => new((request, stream) =>
    {
        var from = request.Contains("Range: bytes=", StringComparison.Ordinal)
            ? int.Parse(request.Split("Range: bytes=")[1].Split('-')[0], CultureInfo.InvariantCulture)
            : 0;
        return from == 0
            ? ScriptedServer.WriteAsync(stream, "200 OK", $"Content-Length: {bytes.Length}\r\n", bytes)
            : ScriptedServer.WriteAsync(
                stream, "206 Partial Content",
                $"Content-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}\r\nContent-Length: {bytes.Length - from}\r\n",
                bytes.AsMemory(from));
    });

    private async Task Fetch(
        ScriptedServer server, Action<long, long>? progress = null, PublishedModel? model = null,
        CancellationToken cancellationToken = default)
    {
        using var download = new ModelDownload(Patience);
        await download.FetchAsync(model ?? Model, server.Address, Path, progress ?? ((_, _) => { }), cancellationToken);
    }

    private void Put(byte[] part) => tool.PutBytes(System.IO.Path.Combine("cache", "tiny.pth.part"), part);
}
