using FcnSharp.Cli.Video;

namespace FcnSharp.CliTests.Video;

/// <summary>Error texts of ffmpeg, word for word, and the messages for the user.</summary>
public class FfmpegErrorsTests
{
    [Theory]
    [InlineData("av_interleaved_write_frame(): No space left on device", "could not be written, because the disk is full.")]
    [InlineData("Unknown encoder 'libx264'", "could not be written, because this ffmpeg has no encoder libx264.")]
    [InlineData(
        "[mp4 @ 0x5581] Could not find tag for codec pcm_s16le in stream #1, codec not currently supported in container",
        "cannot hold the sound of the video")]
    [InlineData("[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55b4] moov atom not found", "has no index, so it is truncated")]
    [InlineData("/clips/a.mp4: Permission denied", "may not be read or written.")]
    [InlineData("/clips/a.mp4: Invalid data found when processing input", "is not a video that ffmpeg can read.")]
    [InlineData("[h264 @ 0x1] [sub @ 0x2] Something new\nConversion failed!", "ffmpeg failed: Something new")]
    [InlineData("", "ffmpeg failed without an error message.")]
    public async Task Explain_WhatFfmpegSays_IsASentenceForAUser(string said, string expected)
    {
        var errors = await FfmpegErrors.ReadAsync(new StringReader(said));

        Assert.StartsWith(expected, errors.Explain("a.mp4"));
    }

    [Fact]
    public async Task Explain_ALineThatNamesTheFile_DoesNotNameItTwice()
    {
        var errors = await FfmpegErrors.ReadAsync(new StringReader($"{Path.GetFullPath("a.mp4")}: Something new"));

        Assert.Equal("ffmpeg failed: Something new", errors.Explain("a.mp4"));
    }

    [Theory]
    [InlineData("Error writing trailer of a.mp4: No space left on device\nError closing file a.mp4: No space left on device", true)]
    [InlineData("Error closing file a.mp4: Input/output error", true)]
    [InlineData("[h264 @ 0x1] error while decoding MB 3 4", false)]
    [InlineData("", false)]
    public async Task IsFileUnfinished_TheEndOfTheFileIsMissing_IsTrue(string said, bool expected) =>
        Assert.Equal(expected, (await FfmpegErrors.ReadAsync(new StringReader(said))).IsFileUnfinished);

    [Fact]
    public async Task Explain_ManyLines_LooksAtTheLastOnesToo()
    {
        var lines = Enumerable.Repeat("[h264 @ 0x1] error while decoding MB 3 4", 10_000).Append("No space left on device");

        var errors = await FfmpegErrors.ReadAsync(new StringReader(string.Join('\n', lines)));

        Assert.Contains("disk is full", errors.Explain("a.mp4"));
        Assert.Equal("error while decoding MB 3 4", errors.First);
    }
}
