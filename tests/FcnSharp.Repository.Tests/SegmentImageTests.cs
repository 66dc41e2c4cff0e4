using System.Buffers.Binary;
using FcnSharp.Imaging;

namespace FcnSharp.RepositoryTests;

/// <summary>samples/SegmentImage as a user runs it: exit code, output and files.</summary>
public sealed class SegmentImageTests : IDisposable
{
    private readonly SampleProgram program = new("SegmentImage");
    private readonly string folder = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Run_AnArgument_WritesThreePicturesBesideItAndPrintsTheTable()
    {
        var photo = Put("street.jpg", Leuven());

        var (code, output, errors) = program.Run(photo);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("street.jpg, 751x563 pixels", output);
        Assert.Contains("Building", output);
        Assert.Contains("engine: ", output);
        Assert.Equal(["street-colors.png", "street-labels.png", "street-overlay.png", "street.jpg"], FileNames());
        Assert.Equal((751, 563), Size(LabelMap.Load(At("street-labels.png"))));
        Assert.Equal(ClassList.CamVid.Palette[0], RgbImage.Load(At("street-colors.png"))[375, 20]);
        Assert.True(RgbImage.Load(At("street-overlay.png")).Height > 563);
    }

    [Fact]
    public void Run_GoodAndBadPictures_DoesTheGoodOnesAndExitsWith2()
    {
        var good = Put("good.jpg", Leuven());
        var bad = Put("bad.jpg", "dear diary"u8.ToArray());

        var (code, output, errors) = program.Run(bad, good);

        Assert.Equal(2, code);
        Assert.Contains("good.jpg, 751x563", output);
        AssertOneLine(errors, bad);
        Assert.Contains("good-labels.png", FileNames());
    }

    [Theory]
    [InlineData("zero-bytes.jpg")]
    [InlineData("text.jpg")]
    [InlineData("truncated.jpg")]
    [InlineData("claims-60000x60000.png")]
    [InlineData("model.safetensors")]
    public void Run_AFileThatIsNoPicture_SaysSoInOneLineAndWritesNothing(string name)
    {
        var path = Put(name, BadFile(name));

        AssertRefused(path);

        Assert.Equal([name], FileNames());
    }

    [Fact]
    public void Run_NoSuchFile_SaysSoInOneLine() => AssertRefused(At("nowhere.jpg"));

    [Fact]
    public void Run_AFolder_SaysSoInOneLine() => AssertRefused(folder);

    [Fact]
    public void Readme_ItsTwoCommands_AreTheOnesThatCiRuns()
    {
        var readme = File.ReadAllText(Repository.At("README.md"));
        var ci = File.ReadAllText(Repository.At(".ci", "run"));

        foreach (var command in new[] { "dotnet run -c Release --project samples/SegmentImage", "dotnet test -c Release" })
        {
            Assert.Contains(command + "\n", readme.ReplaceLineEndings("\n"));
            Assert.Contains(command + "\n", ci.ReplaceLineEndings("\n"));
        }
    }

    private static byte[] Leuven() => File.ReadAllBytes(Repository.At("samples", "SegmentImage", "leuven.jpg"));

    private static byte[] BadFile(string name) => name switch
    {
        "zero-bytes.jpg" => [],
        "text.jpg" => "dear diary"u8.ToArray(),
        "truncated.jpg" => Leuven()[..100_000],
        "claims-60000x60000.png" => HugePng(),
        _ => File.ReadAllBytes(Repository.At("src", "FcnSharp.StreetScenes", "street-scenes.safetensors"))[..10_000],
    };

    /// <summary>A PNG whose header, with a correct checksum, states 60000x60000 pixels, followed by little data.</summary>
    private static byte[] HugePng()
    {
        using var stream = new MemoryStream();
        new RgbImage(new byte[3], 1, 1).Write(stream, ImageFormat.Png);
        var png = stream.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }

    private static (int Width, int Height) Size(LabelMap labels) => (labels.Width, labels.Height);

    private static void AssertOneLine(string errors, string path)
    {
        Assert.StartsWith($"error: {path}: ", errors);
        Assert.Equal(1, errors.Count(letter => letter == '\n'));
        Assert.DoesNotContain("   at ", errors);
    }

    private void AssertRefused(string path)
    {
        var (code, _, errors) = program.Run(path);

        Assert.Equal(2, code);
        AssertOneLine(errors, path);
    }

    private string At(string name) => Path.Combine(folder, name);

    private string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    private string[] FileNames() => [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order()];
}
