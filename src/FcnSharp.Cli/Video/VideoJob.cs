using System.Text;
using FcnSharp.Cli.Batch;
using FcnSharp.Cli.Terminal;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Support;
using Spectre.Console;

namespace FcnSharp.Cli.Video;

/// <summary>Segments a video with progress, a message if it fails, and a summary.</summary>
internal sealed class VideoJob
{
    /// <summary>How many classes the summary names.</summary>
    private const int ClassesNamed = 3;

    public required string Video { get; init; }

    /// <summary>The full path of the result.</summary>
    public required string Output { get; init; }

    /// <summary>The full path of the table of shares; null for none.</summary>
    public required string? Table { get; init; }

    public required OverlayOptions Overlay { get; init; }

    public required FrameOptions Frames { get; init; }

    /// <summary>Whether to print the summary as JSON.</summary>
    public required bool AsJson { get; init; }

    /// <summary>Segments the video.</summary>
    /// <param name="programs">The paths of ffmpeg.</param>
    /// <param name="createPredictor">Loads the network; called after the header of the video has been read.</param>
    /// <param name="cancellationToken">Ends the run; the unfinished result is deleted.</param>
    public int Run(FfmpegPrograms programs, Func<FcnPredictor> createPredictor, CancellationToken cancellationToken)
    {
        VideoInfo info;
        try
        {
            info = VideoProbe.ReadAsync(programs, Video, cancellationToken).GetAwaiter().GetResult();
        }
        catch (VideoException exception)
        {
            return Fail(exception);
        }

        using var predictor = createPredictor();
        try
        {
            Write(Table, table => Segment(programs, info, predictor, table, cancellationToken));
            return ExitCode.Done;
        }
        catch (Exception exception) when (Consoles.IsUsersFault(exception))
        {
            return Fail(exception);
        }
    }

    private static int Fail(Exception exception)
    {
        Consoles.WriteError(exception);
        return ExitCode.SomeFailed;
    }

    /// <summary>Runs the work with a writer for the table; the table is renamed to its path after the work.</summary>
    private static void Write(string? path, Action<TextWriter?> work)
    {
        if (path is null)
        {
            work(null);
            return;
        }

        new PlacedFile(partsFolder: null).Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            work(writer);
        });
    }

    private void Segment(
        FfmpegPrograms programs, VideoInfo info, FcnPredictor predictor, TextWriter? table, CancellationToken cancellationToken)
    {
        var run = new VideoRun
        {
            Programs = programs,
            Video = Video,
            Info = info,
            Frames = Frames,
            Composer = new FrameComposer(Overlay, predictor.Classes, info),
            Shares = new ShareCounter(predictor.Classes, info.Rate!.Value, table),
        };
        var expected = Math.Max(1, (int)Math.Round(info.Seconds!.Value * info.Rate.Value.PerSecond));
        var pace = new Pace();
        try
        {
            new PlacedFile(partsFolder: null).Make(Output, part => ProgressBar.Run("segmenting frames", report =>
            {
                run.RunAsync(
                    predictor, new VideoTarget(Output, part), done => report(done, Math.Max(done, expected), ""), cancellationToken)
                    .GetAwaiter().GetResult();
                return run.Done;
            }));
        }
        catch (OperationCanceledException)
        {
            Consoles.Error.WriteLine($"{run.Done} of about {expected} frames are done. An unfinished video is not kept.");
            throw;
        }

        if (run.Complaint is { } complaint)
        {
            Consoles.Error.WriteLine($"note: {FileText.Message(Video, $"ffmpeg said: {complaint}")}");
        }

        var summary = VideoJson.Of(this, info, run, predictor, pace.Elapsed);
        if (AsJson)
        {
            Console.Out.WriteLine(summary.ToText());
        }
        else
        {
            Print(summary, pace.Elapsed);
        }
    }

    private void Print(VideoJson summary, TimeSpan elapsed)
    {
        var classes = summary.Classes.OrderByDescending(item => item.Share).Take(ClassesNamed).Where(item => item.Share > 0)
            .Select(item => $"{item.Name} {100 * item.Share:F0}%");
        Consoles.Out.WriteLine(
            $"{summary.Frames} frames of {summary.Width}x{summary.Height} in {Pace.Duration(elapsed)}, " +
            $"{Pace.Rate(summary.FramesPerSecond)}: {string.Join(", ", classes)}");
        foreach (var path in new[] { Output, Table }.OfType<string>())
        {
            Consoles.Out.WriteLine($"written: {Path.GetRelativePath(Environment.CurrentDirectory, path)}");
        }
    }
}
