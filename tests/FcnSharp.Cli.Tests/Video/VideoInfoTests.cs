using FcnSharp.Cli;
using FcnSharp.Cli.Video;

namespace FcnSharp.CliTests.Video;

/// <summary>Outputs of ffprobe, and the properties that are parsed from them.</summary>
public class VideoInfoTests
{
    private const string Sound = """{ "index": 1, "codec_type": "audio", "avg_frame_rate": "0/0" }""";

    [Fact]
    public void Parse_AVideoWithSound_TellsWhatIsNeeded()
    {
        var info = Parse(Pictures(""" "duration": "4.004", "color_space": "bt709" """), Sound);

        Assert.Equal((0, 640, 360, true), (info.Stream, info.Width, info.Height, info.HasSound));
        Assert.Equal(new FrameRate(30000, 1001), info.Rate);
        Assert.Equal(4.004, info.Seconds);
        Assert.Equal((null, "bt709"), (info.PixelShape, info.ColorMatrix));
    }

    [Theory]
    [InlineData(-90, 360, 640)]
    [InlineData(90, 360, 640)]
    [InlineData(270, 360, 640)]
    [InlineData(180, 640, 360)]
    public void Parse_TurnedFrames_GivesTheirUprightSize(int degrees, int width, int height)
    {
        var info = Parse(Pictures($$""" "side_data_list": [{ "side_data_type": "Display Matrix", "rotation": {{degrees}} }] """));

        Assert.Equal((width, height), (info.Width, info.Height));
    }

    [Theory]
    [InlineData("1:1", 0, null)]
    [InlineData("0:1", 0, null)]
    [InlineData("4:3", 0, "4/3")]
    [InlineData("4:3", 90, "3/4")]
    public void Parse_PixelsThatAreNoSquares_GivesTheirUprightShape(string ratio, int degrees, string? shape)
    {
        var info = Parse(Pictures($$""" "sample_aspect_ratio": "{{ratio}}", "side_data_list": [{ "rotation": {{degrees}} }] """));

        Assert.Equal(shape, info.PixelShape);
    }

    [Theory]
    [InlineData("bt709", 360, "bt709")]
    [InlineData("smpte170m", 1080, "bt601")]
    [InlineData("bt2020nc", 1080, "bt2020")]
    [InlineData("unknown", 360, "bt601")]
    [InlineData("unknown", 720, "bt709")]
    public void Parse_ColoursOfAnyKind_GivesTheirMatrix(string space, int height, string matrix) =>
        Assert.Equal(matrix, Parse(Pictures($""" "color_space": "{space}" """, height)).ColorMatrix);

    [Fact]
    public void Parse_AnOldVideoThatTellsLittle_LeavesItOpen()
    {
        var info = VideoInfo.Parse(
            """{ "streams": [{ "index": 2, "codec_type": "video", "width": 4, "height": 2, "avg_frame_rate": "0/0" }], "format": {} }""",
            "clip.webm");

        Assert.Equal((2, null, null, false), (info.Stream, info.Rate, info.Seconds, info.HasSound));
    }

    [Fact]
    public void Parse_TheLengthOfTheFile_StandsInForTheStreams() =>
        Assert.Equal(2.5, Parse(Pictures(""" "tags": {} """)).Seconds);

    [Theory]
    [InlineData("clip.mp3: has sound, but no video stream.", """{ "index": 0, "codec_type": "audio" }""")]
    [InlineData("clip.mp3: has sound, but no video stream.", """{ "index": 0, "codec_type": "audio" }""",
        """{ "index": 1, "codec_type": "video", "width": 9, "height": 9, "disposition": { "attached_pic": 1 } }""")]
    [InlineData("clip.mp3: has no video stream.")]
    [InlineData("clip.mp3: does not state the size of its frames.", """{ "index": 0, "codec_type": "video" }""")]
    public void Parse_AFileWithoutPictures_SaysSo(string expected, params string[] streams)
    {
        var json = $$"""{ "streams": [{{string.Join(',', streams)}}] }""";

        var error = Assert.Throws<VideoException>(() => VideoInfo.Parse(json, "clip.mp3"));

        Assert.StartsWith(expected, error.Message);
    }

    [Fact]
    public void Counted_TheTimesOfPackets_GiveRateAndLength()
    {
        var info = VideoProbe.Counted(Parse(Pictures(""" "tags": {} """)), "0.080000\n0.000000,\n0.040000,x\nN/A\n\n", "clip.webm");

        Assert.Equal((25, 0.12), (info.Rate!.Value.PerSecond, Math.Round(info.Seconds!.Value, 9)));
    }

    [Fact]
    public void Counted_NoTimes_SaysWhatToDo()
    {
        var error = Assert.Throws<VideoException>(() => VideoProbe.Counted(Parse(Pictures(""" "tags": {} """)), "N/A\n0.5\n", "clip.webm"));

        Assert.StartsWith("clip.webm: does not state its frame rate.", error.Message);
    }

    [Theory]
    [InlineData("25/1", 25.0)]
    [InlineData("30000/1001", 29.97)]
    [InlineData("0/0", null)]
    [InlineData("25", null)]
    [InlineData(null, null)]
    public void Rate_OfAText_IsReadOrMissing(string? text, double? expected)
    {
        var rate = FrameRate.Parse(text);

        Assert.Equal(expected, rate is { } known ? Math.Round(known.PerSecond, 2) : null);
        Assert.Equal(expected is null ? null : text, rate?.ToString());
    }

    private static string Pictures(string more, int height = 360) =>
        $$"""{ "index": 0, "codec_type": "video", "width": 640, "height": {{height}}, "avg_frame_rate": "30000/1001", {{more}} }""";

    private static VideoInfo Parse(params string[] streams) =>
        VideoInfo.Parse($$"""{ "streams": [{{string.Join(',', streams)}}], "format": { "duration": "2.500000" } }""", "clip.mp4");
}
