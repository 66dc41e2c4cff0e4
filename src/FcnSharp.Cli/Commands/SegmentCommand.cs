using System.CommandLine;
using FcnSharp.Cli.Terminal;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Pictures in; for each an overlay, a colour map and a label map out.</summary>
internal static class SegmentCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("INPUT") { Description = "Pictures: JPEG, PNG, WebP, BMP or GIF.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string?>("--output", "-o") { Description = "Folder for the results. Default: beside each picture." };
        var command = new Command("segment", "Segments pictures: writes NAME-overlay.png, NAME-colors.png and NAME-labels.png.") { inputs, folder };
        var predictorArguments = new PredictorArguments(command);
        return command.Runs((parsed, cancellationToken) =>
        {
            var pictures = parsed.GetRequiredValue(inputs);
            var outputs = pictures.Select(picture => OutputStem(picture, parsed.GetValue(folder))).ToList();
            if (outputs.GroupBy(output => output, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } clash)
            {
                throw new IOException($"{clash.Key}-labels.png: two of the pictures would be written there. Segment them into different folders.");
            }

            using var predictor = predictorArguments.Create(parsed, new PredictorOptions());
            return Run(predictor, [.. pictures.Zip(outputs)], cancellationToken);
        });
    }

    private static int Run(FcnPredictor predictor, (string Picture, string Stem)[] jobs, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        var table = Consoles.Table("picture", "size", "ms", "classes", "results");
        ProgressBar.Run("segmenting", report =>
        {
            for (var i = 0; i < jobs.Length; i++)
            {
                try
                {
                    AddRow(table, jobs[i].Stem, Segment(predictor, jobs[i].Picture, jobs[i].Stem, cancellationToken), jobs[i].Picture);
                }
                catch (Exception exception) when (Consoles.IsUsersFault(exception))
                {
                    failures.Add(exception.Message);
                }

                report(i + 1, jobs.Length, "");
            }

            return failures;
        });

        if (failures.Count < jobs.Length)
        {
            Consoles.Out.Write(table);
        }

        failures.ForEach(Consoles.WriteError);
        return failures.Count == 0 ? ExitCode.Done : failures.Count < jobs.Length ? ExitCode.SomeFailed : ExitCode.Refused;
    }

    private static Segmentation Segment(FcnPredictor predictor, string picture, string stem, CancellationToken cancellationToken)
    {
        var segmentation = predictor.Segment(picture, cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(stem)!);
        segmentation.SaveOverlay($"{stem}-overlay.png", new OverlayOptions { Legend = true });
        segmentation.SaveColorMap($"{stem}-colors.png");
        segmentation.SaveLabels($"{stem}-labels.png");
        return segmentation;
    }

    private static void AddRow(Table table, string stem, Segmentation segmentation, string picture) => table.AddTexts(
        Path.GetFileName(picture),
        $"{segmentation.Picture.Width}x{segmentation.Picture.Height}",
        $"{segmentation.Timings.Total.TotalMilliseconds:F0}",
        string.Join(", ", segmentation.Shares.Take(3).Select(share => $"{share.Info.Name} {share.Share:P0}")),
        $"{Path.GetRelativePath(Environment.CurrentDirectory, stem)}-{{overlay,colors,labels}}.png");

    /// <summary>What the names of a picture's results start with: <c>out/street</c> for <c>out/street-overlay.png</c>.</summary>
    private static string OutputStem(string picture, string? folder) =>
        Path.Combine(Path.GetFullPath(folder ?? Path.GetDirectoryName(Path.GetFullPath(picture)) ?? "."), Path.GetFileNameWithoutExtension(picture));
}
