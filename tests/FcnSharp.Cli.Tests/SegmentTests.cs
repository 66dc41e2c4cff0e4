using System.Text;
using System.Text.Json;
using FcnSharp.Imaging;

namespace FcnSharp.CliTests;

/// <summary><c>fcn segment</c>: its arguments, its results, and their paths.</summary>
public sealed class SegmentTests : IDisposable
{
    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Segment_APicture_WritesThreePictures()
    {
        var (code, output, errors) = tool.Run("segment", Tool.Photo, "-o", tool.At("results"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(["results/leuven-colors.png", "results/leuven-labels.png", "results/leuven-overlay.png"], tool.FileNames());
        Assert.Contains("751x563", output);
        Assert.Contains("Building", output);
        Assert.Contains("1 picture in ", output);
        Assert.Equal(751, LabelMap.Load(tool.At("results", "leuven-labels.png")).Width);
    }

    [Fact]
    public void Segment_WithoutAFolder_WritesBesideThePicture()
    {
        tool.PutSmall("in/small.png");

        var (code, output, errors) = tool.Run("segment", "in/small.png", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("40x30", output);
        Assert.Equal(["in/small-colors.png", "in/small-labels.png", "in/small-overlay.png", "in/small.png"], tool.FileNames());
    }

    [Fact]
    public void Segment_NamesThatDifferInTheirEndings_KeepThem()
    {
        tool.PutSmall("in/a.png");
        tool.PutSmall("in/a.bmp.png");
        RgbImage.Load(tool.At("in", "a.png")).Save(tool.At("in", "a.jpg"));

        var (code, _, errors) = tool.Run("segment", "in", "--labels", "-o", "out", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            ["out/a.bmp-labels.png", "out/a.jpg-labels.png", "out/a.png-labels.png"],
            tool.FileNames().Where(name => name.EndsWith("-labels.png", StringComparison.Ordinal)));
    }

    [Fact]
    public void Segment_AFolderWithPicturesOfOtherFormats_CountsThemAtTheEnd()
    {
        tool.PutSmall("in/a.png");
        tool.PutBytes("in/b.HEIC", [0]);
        tool.PutBytes("in/c.heic", [0]);
        tool.PutBytes("in/d.tiff", [0]);
        tool.PutBytes("in/notes.txt", [0]);

        var (code, output, errors) = tool.Run("segment", "in", "--labels", "-o", "out", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("left out, since fcn does not read them: 2 .heic, 1 .tiff. Convert them first", output);
        Assert.Contains("magick photo.heic photo.jpg", output);
    }

    [Fact]
    public void Segment_APictureOfAnotherFormat_IsNamedByItsFirstBytes()
    {
        var file = tool.PutBytes("scan.jpg", [.. "II*\0"u8, 8, 0, 0, 0]);

        var (code, _, errors) = tool.Run("segment", file, "-o", "out", "--model", Tool.SmallModel);

        Assert.Equal(1, code);
        Assert.Contains("is a picture in the format TIFF, which is not supported. Convert it first", errors);
    }

    [Theory]
    [InlineData("--overlay", "small-overlay.png")]
    [InlineData("--colors", "small-colors.png")]
    [InlineData("--labels", "small-labels.png")]
    [InlineData("--legend", "small-legend.png")]
    [InlineData("--json", "small.json")]
    public void Segment_OneKind_WritesThatAlone(string option, string file)
    {
        tool.PutSmall("small.png");

        var (code, _, errors) = tool.Run("segment", "small.png", option, "-o", "out", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal([$"out/{file}", "small.png"], tool.FileNames());
    }

    [Fact]
    public void Segment_OverlayAndLegend_AreOnePicture()
    {
        tool.PutSmall("small.png");

        tool.Run("segment", "small.png", "--overlay", "-o", "plain", "--opacity", "0", "--model", Tool.SmallModel);
        tool.Run("segment", "small.png", "--overlay", "--legend", "-o", "legend", "--model", Tool.SmallModel);

        Assert.Equal(["legend/small-overlay.png", "plain/small-overlay.png", "small.png"], tool.FileNames());
        Assert.Equal(
            RgbImage.Load(tool.At("small.png")).Pixels.ToArray(), RgbImage.Load(tool.At("plain", "small-overlay.png")).Pixels.ToArray());
        Assert.True(RgbImage.Load(tool.At("legend", "small-overlay.png")).Height > RgbImage.Load(tool.At("small.png")).Height);
    }

    [Fact]
    public void Segment_FolderPatternAndList_MirrorTheirFolders()
    {
        tool.PutSmall("photos/x.png", 1);
        tool.PutSmall("photos/a/x.png", 2);
        tool.PutSmall("photos/a/.hidden.png", 3);
        tool.PutBytes("photos/notes.txt", [1, 2, 3]);
        tool.PutSmall("more/b/c/y.PNG", 4);
        tool.PutSmall("more/b/z.jpeg", 5);
        tool.PutSmall("listed/in order/w.png", 6);
        File.WriteAllText(tool.At("list.txt"), "listed/in order/w.png\n\n");

        var (code, output, errors) =
            tool.Run("segment", "photos", "more/**/?.png", "--list", "list.txt", "-o", "out", "--labels", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(["a/x-labels.png", "b/c/y-labels.png", "listed/in order/w-labels.png", "x-labels.png"],
            tool.Contents("out").Keys.Order(StringComparer.Ordinal));
        Assert.Contains("4 pictures in ", output);
    }

    [Fact]
    public void Segment_AListFromStandardInput_IsRead()
    {
        tool.PutSmall("x.png");

        var (code, _, errors) = tool.RunWith("x.png\r\n"u8.ToArray(), "segment", "--list", "-", "-o", "out", "--labels",
            "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(["x-labels.png"], tool.Contents("out").Keys);
    }

    [Fact]
    public void Segment_ResultsInsideTheFolder_AreNoPicturesTheNextTime()
    {
        tool.PutSmall("photos/x.png");

        tool.Run("segment", "photos", "-o", "photos/out", "--labels", "--model", Tool.SmallModel);
        var (code, output, errors) = tool.Run("segment", "photos", "-o", "photos/out", "--labels", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("1 picture in ", output);
        Assert.Equal(["photos/out/x-labels.png", "photos/x.png"], tool.FileNames());
    }

    [Fact]
    public void Segment_BadPictures_AreNamedAndSkipped()
    {
        tool.PutSmall("photos/1-good.png");
        tool.PutBytes("photos/2-text.jpg", "dear diary"u8.ToArray());
        tool.PutBytes("photos/3-empty.jpg", []);
        tool.PutBytes("photos/4-cut.jpg", File.ReadAllBytes(Tool.Photo)[..100_000]);
        tool.PutSmall("photos/5-good.png");
        Directory.CreateDirectory(tool.At("photos", "folder.png"));
        File.WriteAllLines(tool.At("list.txt"), ["nowhere.png", "photos/folder.png"]);

        var (code, output, errors) =
            tool.Run("segment", "photos", "--list", "list.txt", "-o", "out", "--labels", "--model", Tool.SmallModel);

        Assert.Equal(1, code);
        Assert.Equal(["1-good-labels.png", "5-good-labels.png"], tool.Contents("out").Keys.Order(StringComparer.Ordinal));
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.All(["2-text.jpg", "3-empty.jpg", "4-cut.jpg", "nowhere.png", "folder.png"], name => Assert.Contains(
            lines, line => line.StartsWith("error: ", StringComparison.Ordinal) && line.Contains(name, StringComparison.Ordinal)));
        Assert.Contains("5 failed", output);
    }

    [Fact]
    public void Segment_AFileThatCannotBeRead_IsNamedAndSkipped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file that nobody can read, not even root.");
        Directory.CreateDirectory(tool.At("photos"));
        File.CreateSymbolicLink(tool.At("photos", "unreadable.png"), "/proc/self/mem");
        tool.PutSmall("photos/z.png");

        var (code, _, errors) = tool.Run("segment", "photos", "-o", "out", "--labels", "--model", Tool.SmallModel);

        Assert.Equal(1, code);
        OneLine.Assert(errors, "error: photos/unreadable.png: ");
        Assert.Equal(["z-labels.png"], tool.Contents("out").Keys);
    }

    [Fact]
    public void Segment_LinesOfPixels_GetALegendOrAreNamedAndTheRestGoesOn()
    {
        Directory.CreateDirectory(tool.At("photos"));
        new RgbImage(new byte[3 * 65_536], 1, 65_536).Save(tool.At("photos", "1-tall.png"));
        new RgbImage(new byte[3 * 65_536], 65_536, 1).Save(tool.At("photos", "2-wide.png"));
        new RgbImage(new byte[3 * 1_000_000], 1, 1_000_000).Save(tool.At("photos", "3-tallest.png"));
        tool.PutSmall("photos/4-small.png");

        var (code, output, errors) = tool.Run("segment", "photos", "-o", "out", "--overlay", "--legend", "--progress", "none");

        Assert.Equal(1, code);
        OneLine.Assert(errors, "error: photos/3-tallest.png: ");
        Assert.Contains("at most 1000000 pixels per side", errors);
        Assert.DoesNotContain("(Parameter", errors);
        Assert.Contains("1 failed", output);
        Assert.Equal(
            ["1-tall-overlay.png", "2-wide-overlay.png", "4-small-overlay.png"], tool.Contents("out").Keys.Order(StringComparer.Ordinal));
        Assert.InRange(RgbImage.Load(tool.At("out", "1-tall-overlay.png")).Height, 65_550, 66_000);
    }

    [Theory]
    [InlineData("a.png\nb\u0007.png\n", "line 2 has the control character U+0007")]
    [InlineData("/dev/zero", "is empty (0 bytes), or a device")]
    public void Segment_AHostileList_IsRefusedInOneLine(string list, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no /dev/zero.");
        File.WriteAllText(tool.At("list.txt"), list);

        var (code, _, errors) = tool.Run("segment", "--list", "list.txt", "-o", "out", "--labels", "--model", Tool.SmallModel);

        Assert.InRange(code, 1, 2);
        OneLine.Assert(errors, "error: ");
        Assert.Contains(reason, errors);
    }

    [Fact]
    public void Segment_ADeviceAsAList_IsRefusedInOneLine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no /dev/zero.");

        var (code, _, errors) = tool.Run("segment", "--list", "/dev/zero", "-o", "out", "--labels", "--model", Tool.SmallModel);

        Assert.Equal(2, code);
        OneLine.Assert(errors, "error: /dev/zero: line 1 has the control character U+0000");
    }

    [Fact]
    public void Segment_NoPlaceForTheResult_SaysSoAndLeavesNothingHalf()
    {
        tool.PutSmall("a.png");
        tool.PutBytes("out/taken", []);
        Directory.CreateDirectory(tool.At("out", "a-labels.png"));

        var (code, _, errors) = tool.Run("segment", "a.png", "-o", "out", "--labels", "--model", Tool.SmallModel);

        Assert.Equal(1, code);
        OneLine.Assert(errors, "error: a.png: ");
        Assert.Contains("a-labels.png: is a folder", errors);
        Assert.Equal(["a.png", "out/taken"], tool.FileNames());
        Assert.Empty(Directory.GetFiles(tool.At("out", ".fcn"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("nowhere.jpg: no such file", "segment", "nowhere.jpg")]
    [InlineData("--list list.txt", "segment", "@list.txt")]
    [InlineData("--bogus", "segment", "x.png", "--bogus")]
    [InlineData("-o DIR", "segment", "photos")]
    [InlineData("-o DIR", "segment", "*.png")]
    [InlineData("photos: -o names the folder", "segment", "photos", "-o", "photos/")]
    [InlineData("empty: no pictures there", "segment", "empty", "-o", "out")]
    [InlineData("*.gif: no pictures there", "segment", "*.gif", "-o", "out")]
    [InlineData("there is no folder", "segment", "nowhere/*.png", "-o", "out")]
    [InlineData("photos/x.png and x.png: both results would be called x.png", "segment", "photos", "x.png", "-o", "out")]
    [InlineData("x.png: is given twice", "segment", "x.png", "x.png")]
    [InlineData("x-labels.png: is a picture to segment", "segment", "x.png", "x-labels.png")]
    [InlineData("nowhere.txt: no such list", "segment", "--list", "nowhere.txt")]
    [InlineData("--opacity takes", "segment", "x.png", "--opacity", "1.5")]
    [InlineData("--threads takes", "segment", "x.png", "--threads", "0")]
    [InlineData("--max-memory takes", "segment", "x.png", "--max-memory", "much")]
    [InlineData("-o DIR", "segment", "x.png", "--resume")]
    [InlineData("nowhere.pth", "segment", "x.png", "--model", "nowhere.pth")]
    [InlineData("choose one of", "segment", "-")]
    [InlineData("no other input", "segment", "-", "x.png", "--json")]
    [InlineData("leave out --output", "segment", "-", "--json", "-o", "out")]
    public void Segment_AWrongCommandLine_IsRefusedBeforeAnyWork(string reason, params string[] arguments)
    {
        tool.PutSmall("x.png");
        tool.PutSmall("x.jpg");
        tool.PutSmall("x-labels.png");
        tool.PutSmall("photos/x.png");
        Directory.CreateDirectory(tool.At("empty"));
        var before = tool.FileNames();

        var (code, output, errors) = tool.Run(arguments);

        Assert.Equal((2, ""), (code, output));
        OneLine.Assert(errors, "error: ");
        Assert.Contains(reason, errors);
        Assert.Equal(before, tool.FileNames());
    }

    [Fact]
    public void Segment_StandardInput_GivesTheFileAndNothingElse()
    {
        tool.PutSmall("small.png");
        var picture = File.ReadAllBytes(tool.At("small.png"));

        var labels = tool.RunWith(picture, "segment", "-", "--labels", "--model", Tool.SmallModel);
        var json = tool.RunWith(picture, "segment", "-", "--json", "--model", Tool.SmallModel);
        tool.Run("segment", "small.png", "--labels", "--json", "-o", "out", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (labels.Code, labels.Errors));
        Assert.Equal(File.ReadAllBytes(tool.At("out", "small-labels.png")), labels.Output);
        var named = File.ReadAllText(tool.At("out", "small.json"));
        Assert.Contains("\n  \"picture\": \"small.png\",\n", named);
        Assert.Equal(named.Replace("  \"picture\": \"small.png\",\n", ""), Encoding.UTF8.GetString(json.Output));
        Assert.Equal(40, JsonDocument.Parse(json.Output).RootElement.GetProperty("width").GetInt32());
    }

    [Fact]
    public void Segment_StandardInputThatIsNoPicture_IsRefused()
    {
        var (code, output, errors) = tool.RunWith("dear diary"u8.ToArray(), "segment", "-", "--json", "--model", Tool.SmallModel);

        Assert.Equal((1, 0), (code, output.Length));
        OneLine.Assert(errors, "error: standard input: ");
    }

    [Fact]
    public void Segment_MemoryThreadsAndViews_AreOptions()
    {
        tool.PutSmall("small.png");

        var (code, _, errors) = tool.Run("segment", "small.png", "--accurate", "--threads", "1", "--max-memory", "64MiB", "--labels",
            "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(["small-labels.png", "small.png"], tool.FileNames());
    }
}
