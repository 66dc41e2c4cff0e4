using System.Diagnostics;
using System.Text;

namespace FcnSharp.CliTests;

/// <summary>Ctrl+C and SIGTERM end the tool in every state. Otherwise each of these tests would hang.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Theory]
    [InlineData(Signals.Interrupt, 130)]
    [InlineData(Signals.Terminate, 143)]
    public async Task Signal_WhileAPictureNeverEnds_EndsTheTool(int signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var process = tool.Start("segment", "-", "--json");
        await FillPipe(process, "\u0089PNG");

        Signals.Send(process, signal);

        await AssertEnds(process, expected);
    }

    [Fact]
    public async Task Signal_WhileAListNeverEnds_EndsTheTool()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var process = tool.Start("segment", "--list", "-", "-o", "out");
        await FillPipe(process, "a.jpg\n");

        Signals.Send(process, Signals.Terminate);

        await AssertEnds(process, 143);
    }

    [Fact]
    public async Task Signal_WhileNobodyReadsTheOutput_EndsTheTool()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        var tensors = Enumerable.Range(0, 5_000)
            .Select(i => $"\"tensor number {i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}");
        var json = Encoding.ASCII.GetBytes($"{{{string.Join(',', tensors)}}}");
        tool.PutBytes("many.safetensors", [.. BitConverter.GetBytes((long)json.Length), .. json]);
        using var process = tool.Start("inspect", "many.safetensors", "--tensors");
        process.StandardOutput.BaseStream.ReadByte();

        Signals.Send(process, Signals.Terminate);

        // It cannot say that it was interrupted: both streams of a console share a lock.
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(143, process.ExitCode);
    }

    [Fact]
    public async Task Signal_Twice_EndsTheToolWithOneLine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        using var process = tool.Start("segment", "-", "--json");
        await FillPipe(process, "\u0089PNG");

        Signals.Send(process, Signals.Terminate);
        Signals.Send(process, Signals.Terminate);

        await AssertEnds(process, 143);
    }

    [Fact]
    public async Task Signal_WhileAResultIsWritten_LeavesNoPartOfIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        Directory.CreateDirectory(tool.At("photos"));
        for (var i = 0; i < 4; i++)
        {
            // Several, so that the tool is still working if the first result is complete before the signal arrives.
            tool.PutNoise($"photos/large-{i}.png", 2000, 1500);
        }

        using var process = tool.Start("segment", "photos", "-o", "out");
        while (Parts().Length == 0)
        {
            Assert.False(process.HasExited);
            await Task.Delay(5);
        }

        Signals.Send(process, Signals.Terminate);
        Signals.Send(process, Signals.Terminate);

        // The first signal may still get the count of the pictures that are done; the second one ends the tool.
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(143, process.ExitCode);
        Assert.Contains("error: interrupted", await process.StandardError.ReadToEndAsync());
        Assert.Empty(Parts());

        string[] Parts() => Directory.GetFiles(tool.Folder, "*.tmp", SearchOption.AllDirectories);
    }

    /// <summary>Writes more than the pipe's buffer holds, which blocks until the tool reads, and leaves the pipe open.</summary>
    private static async Task FillPipe(Process process, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(text, 40_000)));
        await process.StandardInput.BaseStream.WriteAsync(bytes).AsTask().WaitAsync(Patience);
    }

    private static async Task AssertEnds(Process process, int code)
    {
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(code, process.ExitCode);
        OneLine.Assert(await process.StandardError.ReadToEndAsync(), "error: interrupted");
    }
}
