using FcnSharp.Cli;
using FcnSharp.Cli.Video;

namespace FcnSharp.CliTests.Video;

/// <summary><c>fcn segment clip.mp4</c> as far as it goes without ffmpeg; eng/check-video.sh goes on with it.</summary>
public sealed class SegmentVideoTests : IDisposable
{
    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Segment_WithoutFfmpeg_SaysWhatToInstall()
    {
        tool.PutBytes("clip.mp4", [0]);
        LeaveNothingButDotnetOnThePath();

        var (code, output, errors) = tool.Run("segment", "clip.mp4", "-o", "out.mp4");

        Assert.Equal((2, ""), (code, output));
        OneLine.Assert(errors, "error: Videos are read and written by ffmpeg, but there is no ffmpeg on the PATH. Install it: ");
        Assert.DoesNotContain("out.mp4", tool.FileNames());
    }

    [Fact]
    public void Segment_AProgramCalledFfmpegInTheCurrentFolder_IsNotRun()
    {
        tool.PutBytes("clip.mp4", [0]);
        var program = tool.PutBytes(OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg", "#!/bin/sh\ntouch was-run\n"u8.ToArray());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        LeaveNothingButDotnetOnThePath();

        var (code, _, errors) = tool.Run("segment", "clip.mp4");

        Assert.Equal(2, code);
        Assert.Contains("there is no ffmpeg on the PATH", errors);
        Assert.DoesNotContain("was-run", tool.FileNames());
    }

    [Theory]
    [InlineData("clip.mp4: is a video, and there is one in a run: give no other input beside it.", "clip.mp4", "photo.jpg")]
    [InlineData("clip.mp4: is a video, and there is one in a run: give no other input beside it.", "clip.mp4", "other.mkv")]
    [InlineData("clip.mp4: is a video, and there is one in a run: leave out --shard.", "clip.mp4", "--shard", "1/2")]
    [InlineData("clip.mp4: is a video, and there is one in a run: leave out --resume.", "clip.mp4", "--resume")]
    [InlineData("none.mp4: no such file.", "none.mp4")]
    [InlineData("*.mp4: patterns are for pictures.", "*.mp4")]
    [InlineData(
        "out.jpg: a video is written to a file with the extension .mp4, .m4v, .mov or .mkv, or to a folder.",
        "clip.mp4", "-o", "out.jpg")]
    [InlineData(
        "out.webm: a video is written to a file with the extension .mp4, .m4v, .mov or .mkv, or to a folder.",
        "clip.mp4", "-o", "out.webm")]
    [InlineData("clip.mp4: is the video itself, which would be replaced.", "clip.mp4", "-o", "clip.mp4")]
    [InlineData("--labels is for pictures: encoding a video would blur classes into others.", "clip.mp4", "--labels")]
    [InlineData("--colors is for pictures: encoding a video would blur classes into others.", "clip.mp4", "--colors")]
    [InlineData("--every takes a number of frames from 1 (each) to 1000.", "clip.mp4", "--every", "0")]
    [InlineData("--smooth takes a number from 0 (each frame separately) to 0.99, but got \"1\".", "clip.mp4", "--smooth", "1")]
    [InlineData("--smooth takes a number from 0 (each frame separately) to 0.99, but got \"clip.mp4\".", "--smooth", "clip.mp4")]
    [InlineData("--every is for videos, but none is given.", "photo.jpg", "--every", "2")]
    [InlineData("--smooth is for videos, but none is given.", "photo.jpg", "--smooth")]
    [InlineData("--shares is for videos, but none is given.", "-", "--shares", "shares.csv")]
    public void Segment_WhatDoesNotGoTogether_IsRefusedInOneLine(string expected, params string[] arguments)
    {
        tool.PutBytes("clip.mp4", [0]);

        var (code, output, errors) = tool.Run(["segment", .. arguments]);

        Assert.Equal((2, ""), (code, output));
        OneLine.Assert(errors, $"error: {expected}");
        Assert.Equal(["clip.mp4"], tool.FileNames());
    }

    [Fact]
    public void Segment_AListWithAVideo_BeginsNothing()
    {
        tool.PutSmall("photo.png");
        tool.PutBytes("list.txt", "photo.png\nclip.mp4\n"u8.ToArray());

        var (code, _, errors) = tool.Run("segment", "--list", "list.txt", "-o", "out", "--model", Tool.SmallModel);

        Assert.Equal(2, code);
        OneLine.Assert(errors, "error: clip.mp4: is a video, which no list of pictures can have.");
        Assert.Equal(["list.txt", "photo.png"], tool.FileNames());
    }

    [Fact]
    public void Segment_AFolderWithVideos_CountsThemAtTheEnd()
    {
        tool.PutSmall("in/a.png");
        tool.PutBytes("in/b.MP4", [0]);
        tool.PutBytes("in/c.mp4", [0]);
        tool.PutBytes("in/d.heic", [0]);

        var (code, output, errors) = tool.Run("segment", "in", "--labels", "-o", "out", "--model", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("left out, since videos are segmented one at a time: 2 .mp4. Give each by itself: fcn segment clip.mp4", output);
        Assert.Contains("left out, since fcn does not read them: 1 .heic.", output);
    }

    [Fact]
    public void PlaceOf_WithoutAFile_IsNamedAfterTheVideo()
    {
        tool.PutBytes("results.d/x", [0]);

        Assert.Equal(tool.At("clip-overlay.mov"), VideoFiles.PlaceOf(tool.At("clip.mov"), output: null));
        Assert.Equal(tool.At("clip-overlay.mp4"), VideoFiles.PlaceOf(tool.At("clip.webm"), output: null));
        Assert.Equal(tool.At("new", "clip-overlay.mp4"), VideoFiles.PlaceOf(tool.At("clip.mp4"), tool.At("new")));
        Assert.Equal(tool.At("results.d", "clip-overlay.mp4"), VideoFiles.PlaceOf(tool.At("clip.mp4"), tool.At("results.d")));
        Assert.Equal(tool.At("out.MKV"), VideoFiles.PlaceOf(tool.At("clip.mp4"), tool.At("out.MKV")));
        Assert.Throws<UsageException>(() => VideoFiles.PlaceOf(tool.At("clip.mp4"), tool.At("CLIP.mp4")));
    }

    /// <summary>On Linux the tool is started by way of env, which looks for dotnet there.</summary>
    private void LeaveNothingButDotnetOnThePath()
    {
        Directory.CreateDirectory(tool.At("bin"));
        if (OperatingSystem.IsLinux())
        {
            var dotnet = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
            File.CreateSymbolicLink(tool.At("bin", "dotnet"), dotnet);
        }

        tool.Environment["PATH"] = tool.At("bin");
    }
}
