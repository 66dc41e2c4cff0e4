using System.CommandLine;
using System.Diagnostics;
using FcnSharp.Cli.Bench;
using FcnSharp.Cli.Terminal;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Measures a network on the user's machine, and prints the steps of its engine.</summary>
internal static class BenchCommand
{
    private static readonly PictureSize UsualPicture = new(640, 480);

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON." };
        var plan = new Option<string?>("--plan")
        {
            HelpName = "PICTURE",
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Do not measure; print the engine's steps for a picture of this file's size. " +
                $"Default: {UsualPicture} pixels.",
        };
        var command = new ToolCommand(
            "bench",
            "Measures seconds per picture and memory on this machine, in less than half a minute.",
            "fcn bench",
            "fcn bench --model model.safetensors --threads 2 --json",
            "fcn bench --plan photo.jpg") { json, plan };
        var network = new PredictorArguments(command);
        return command.Runs((parsed, cancellationToken) =>
        {
            if (parsed.GetResult(plan) is null)
            {
                var report = Measure(() => network.Create(parsed, new PredictorOptions()), cancellationToken);
                Tell(report, report => report.ToJson(), Print);
            }
            else
            {
                var size = parsed.GetValue(plan) is { } file ? SizeOf(file) : UsualPicture;
                using var predictor = network.Create(parsed, new PredictorOptions());
                Tell(PlanReport.Of(predictor, size), report => report.ToJson(), PlanTable.Print);
            }

            return ExitCode.Done;

            void Tell<T>(T report, Func<T, string> toJson, Action<T> print)
            {
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(toJson(report));
                }
                else
                {
                    print(report);
                }
            }
        });
    }

    private static PictureSize SizeOf(string file)
    {
        var picture = RgbImage.Load(file);
        return new PictureSize(picture.Width, picture.Height);
    }

    private static BenchReport Measure(Func<FcnPredictor> load, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var predictor = load();
        var loading = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var timer = new PredictorTimer(predictor);
        var timings = ProgressBar.Run("measuring", show =>
        {
            var done = new List<SizeTiming>();
            foreach (var timing in timer.Run(cancellationToken))
            {
                done.Add(timing);
                show(done.Count, PredictorTimer.SizesCount, "");
            }

            return done;
        });
        using var process = Process.GetCurrentProcess();
        return new BenchReport(
            SchemaVersion: 1, BenchReport.NameOf(predictor), predictor.EngineDescription, Environment.ProcessorCount,
            Math.Round(loading, 3), timings, Math.Round(process.PeakWorkingSet64 / 1048576.0, 1));
    }

    private static void Print(BenchReport report)
    {
        Consoles.Out.WriteLine($"model:   {report.Model}, ready in {report.LoadSeconds:F2} s");
        Consoles.Out.WriteLine($"engine:  {report.Engine}; {report.Processors} processors");
        Consoles.Out.WriteLine($"memory:  {report.PeakMemoryMegabytes:F0} MB at most");
        Consoles.Out.WriteLine();
        var table = Consoles.Table("picture", "seconds", "fastest", "per second", "rounds");
        foreach (var size in report.Sizes)
        {
            table.AddTexts($"{size.Width}x{size.Height}", $"{size.Seconds:F3}", $"{size.Fastest:F3}",
                $"{1 / size.Seconds:F1}", $"{size.Rounds}");
        }

        Consoles.Out.Write(table);
    }
}
