using System.CommandLine;
using FcnSharp.Cli.Batch;
using FcnSharp.Cli.Video;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Commands;

/// <summary>Segments pictures, or a video.</summary>
internal sealed class SegmentCommand
{
    /// <summary>The argument for standard input.</summary>
    private const string Dash = "-";

    private readonly Argument<string[]> inputs = new("INPUT")
    {
        Description = "Pictures (JPEG, PNG, WebP, BMP or GIF), folders, patterns such as \"photos/**/*.jpg\", " +
            "or - for a picture from standard input, whose result goes to standard output. Or one video, with ffmpeg on the PATH.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> lists = new("--list")
    {
        HelpName = "FILE",
        Description = "A file with the path of a picture on each line; - for standard input.",
    };
    private readonly Option<string?> output = new("--output", "-o")
    {
        HelpName = "DIR",
        Description = "Folder for the results; folders below a given folder are kept. Default: beside each picture. For a video, a " +
            "folder or a file.",
    };
    private readonly Option<bool> accurate = PredictorArguments.Accurate();
    private readonly Option<string?> shard = new("--shard")
    {
        HelpName = "I/N",
        Description = "Segment the I-th of N parts of the pictures: I/N. Or auto in a Slurm array, auto/N in a Kubernetes Indexed Job.",
    };
    private readonly Option<bool> resume = new("--resume")
    {
        Description = "Skip pictures that an earlier run has finished, unless picture, model or options have changed. Needs -o.",
    };
    private readonly ResultArguments results;
    private readonly VideoArguments video;
    private readonly PredictorArguments network;

    private SegmentCommand(Command command)
    {
        command.Add(inputs);
        command.Add(lists);
        command.Add(output);
        results = new ResultArguments(command);
        foreach (var option in new Option[] { accurate, shard, resume })
        {
            command.Add(option);
        }

        video = new VideoArguments(command);
        network = new PredictorArguments(command);
        command.Runs(Run);
    }

    public static Command Create()
    {
        var command = new ToolCommand(
            "segment",
            "Segments pictures: writes NAME-overlay.png, NAME-colors.png and NAME-labels.png, or the requested results.",
            "fcn segment photo.jpg",
            "fcn segment photo.jpg --model fcn_resnet50",
            "fcn segment photos -o results --labels --resume",
            "fcn segment \"photos/**/*.jpg\" --list more.txt -o results --overlay --opacity 0.4",
            "fcn segment - --json < photo.jpg > photo.json",
            "fcn segment photos -o results --shard 1/4 --resume",
            "fcn segment clip.mp4 -o out.mp4 --every 2 --smooth");
        _ = new SegmentCommand(command);
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var given = parsed.GetValue(inputs) ?? [];
        var options = new PredictorOptions
        {
            TestTimeAugmentation = parsed.GetValue(accurate) ? TestTimeAugmentation.Accurate : null,
        };
        if (given.FirstOrDefault(path => PictureFiles.IsVideo(path) && !Directory.Exists(path)) is { } path)
        {
            CheckAlone(parsed, given, $"{path}: is a video, and there is one in a run", shard, resume);
            return Prepare(parsed, path).Run(FfmpegPrograms.Find(), () => network.Create(parsed, options), cancellationToken);
        }

        video.RefuseForPictures(parsed);
        if (given.Contains(Dash, StringComparer.Ordinal))
        {
            CheckAlone(parsed, given, "- is one picture from standard input", output, shard, resume);
            var stream = new StreamedPicture(results.Read(parsed));
            using var single = network.Create(parsed, options);
            return stream.Run(single, cancellationToken);
        }

        var job = Prepare(parsed, given);
        using var predictor = network.Create(parsed, options);
        return job.Run(predictor, cancellationToken);
    }

    private BatchJob Prepare(ParseResult parsed, string[] given)
    {
        var folder = parsed.GetValue(output);
        var part = parsed.GetValue(shard) is { } text ? Shard.Parse(text, Environment.GetEnvironmentVariable) : Shard.Whole;
        if (folder is null && parsed.GetValue(resume))
        {
            throw new UsageException("--resume keeps its record in the folder for results, so it needs one: -o DIR.");
        }

        var opener = new Inputs(folder, CommandActions.NamesOf(parsed.CommandResult.Command));
        InputSource[] sources = [.. given.Select(opener.Argument), .. (parsed.GetValue(lists) ?? []).Select(opener.List)];
        if (sources.Length == 0)
        {
            throw new UsageException("segment needs a picture, a folder, a pattern or --list FILE. See \"fcn segment --help\".");
        }

        var places = new Results(folder, results.Read(parsed));
        return new BatchJob
        {
            Output = folder,
            Shard = part,
            Results = places,
            Plan = BatchPlan.Make(sources, part, places),
            Settings = () =>
                Fingerprint.Of(
                    $"{ToolVersion.Text} {results.Describe(parsed)} accurate {parsed.GetValue(accurate)} {network.Describe(parsed)}"),
            Resume = parsed.GetValue(resume),
        };
    }

    private VideoJob Prepare(ParseResult parsed, string path) => File.Exists(path)
        ? new VideoJob
        {
            Video = path,
            Output = VideoFiles.PlaceOf(path, parsed.GetValue(output)),
            Table = video.Table(parsed),
            Overlay = results.ReadForVideo(parsed),
            Frames = video.Frames(parsed),
            AsJson = results.WantsJson(parsed),
        }
        : throw new UsageException(GlobPattern.IsPattern(path)
            ? $"{path}: patterns are for pictures. Give one video, or call fcn for each: for clip in {path}; do fcn segment \"$clip\"; done"
            : $"{path}: no such file.");

    /// <summary>Refuses other inputs, and options that do not apply, beside an input that must be the only one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="given">All inputs.</param>
    /// <param name="what">The first half of the message.</param>
    /// <param name="unfit">The options that do not apply.</param>
    private void CheckAlone(ParseResult parsed, string[] given, string what, params Option[] unfit)
    {
        if (given.Length > 1 || parsed.GetResult(lists) is { Implicit: false })
        {
            throw new UsageException($"{what}: give no other input beside it.");
        }

        if (unfit.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new UsageException($"{what}: leave out {option.Name}.");
        }
    }
}
