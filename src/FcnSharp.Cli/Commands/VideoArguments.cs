using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Commands;

/// <summary>The options for videos.</summary>
internal sealed class VideoArguments
{
    /// <summary>The smoothing of <c>--smooth</c> without a number.</summary>
    private const double UsualSmoothing = 0.6;

    private readonly Option<int> every = new("--every")
    {
        HelpName = "N",
        Description = "For a video: compute only every N-th frame, 1 to 1000; the frames between reuse the last labels.",
        DefaultValueFactory = _ => new FrameOptions().Every,
    };
    private readonly Option<double> smooth = new("--smooth")
    {
        HelpName = "0..0.99",
        Description = "For a video: the weight of the earlier frames in a mean of the probabilities, against flicker; 0.6 if omitted.",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = Smoothing,
    };
    private readonly Option<string?> shares = new("--shares")
    {
        HelpName = "FILE",
        Description = "For a video: write the share of each class over time as CSV.",
    };

    public VideoArguments(Command command)
    {
        every.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= 1000))
            {
                result.AddError("--every takes a number of frames from 1 (each) to 1000.");
            }
        });
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    private Option[] All => [every, smooth, shares];

    /// <exception cref="UsageException">One of the options is given.</exception>
    public void RefuseForPictures(ParseResult parsed)
    {
        if (All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
        {
            throw new UsageException($"{option.Name} is for videos, but none is given.");
        }
    }

    public FrameOptions Frames(ParseResult parsed) =>
        new() { Every = parsed.GetValue(every), Smoothing = parsed.GetValue(smooth) };

    /// <summary>The full path of the table; null for none.</summary>
    public string? Table(ParseResult parsed) => parsed.GetValue(shares) is { } path ? Path.GetFullPath(path) : null;

    private static double Smoothing(ArgumentResult result)
    {
        if (result.Tokens is [])
        {
            return UsualSmoothing;
        }

        if (double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var kept) && kept is >= 0 and <= 0.99)
        {
            return kept;
        }

        result.AddError($"--smooth takes a number from 0 (each frame separately) to 0.99, but got \"{result.Tokens[0].Value}\". " +
            "Write the video before it.");
        return default;
    }
}
