using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace TrainYourOwn;

/// <summary>The options of the program.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Data = new("--data")
    {
        Description = "A folder with pictures in images/ and masks of the same names in labels/. " +
            "Masks are PNGs whose values are class ids. With train.txt and val.txt, lists of names, these are the two parts; " +
            "otherwise every fifth picture, drawn by the seed, is kept for validation. Default: scenes that the program draws.",
    };
    private static readonly Option<string?> Classes = new("--classes")
    {
        Description = "A text file with the name of a class in every line, first that of id 0, each with a colour if you like: " +
            "road #804080. Default: classes.txt in the folder, or numbered classes, as many as the masks have.",
    };
    private static readonly Option<bool> ColorMasks = new("--color-masks")
    {
        Description = "Masks are drawn in the colours of the class list instead of holding ids. " +
            "A line \"ignore #000000\" names the colour of ignored pixels.",
    };
    private static readonly Option<int?> Ignore = new("--ignore") { Description = "The id of ignored pixels. Default: 255." };
    private static readonly Option<string?> Out = new("--out")
    {
        Description = "The folder for the model, the report and the run's checkpoints. Default: " +
            "out beside the program's project for drawn scenes, trained for your own.",
    };
    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Resume the stopped run in that folder. Give its other options again.",
    };
    private static readonly Option<NetworkSize?> Size = new("--size")
    {
        HelpName = "tiny|small|standard",
        CustomParser = OneOf<NetworkSize>,
        Description = "Width of the network: tiny, small or standard (VGG-16). Default: tiny for drawn scenes, small for your own.",
    };
    private static readonly Option<PretrainedTrunk?> Trunk = new("--trunk")
    {
        HelpName = "resnet18",
        CustomParser = OneOf<PretrainedTrunk>,
        Description = "Start from a trunk that was pretrained on ImageNet, so that a small data set suffices: resnet18. Default: none.",
    };
    private static readonly Option<string?> FineTune = new("--fine-tune")
    {
        Description = "Weights to start from: a model file of this library, .pth or .caffemodel. Default: none, from scratch.",
    };
    private static readonly Option<int?> Epochs = new("--epochs")
    {
        Description = "Passes over the training pictures. Default: 40 for drawn scenes, 30 with --fine-tune, otherwise 100.",
    };
    private static readonly Option<int?> Batch = new("--batch") { Description = "Pictures per batch. Default: 8." };
    private static readonly Option<int?> Crop = new("--crop")
    {
        Description = "Side of the square crops of training pictures, in pixels. Default: " +
            "96 for drawn scenes, 256 for your own.",
    };
    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Threads of libtorch. Default: one for each core.",
    };
    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Seed of all random numbers. Default: 1.",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<string> Device = new("--device")
    {
        Description = "cpu, or cuda or cuda:1 with a GPU build of libtorch. Default: cpu.",
        DefaultValueFactory = _ => "cpu",
    };

    public static RootCommand Create(Func<Settings, int> run)
    {
        var command = new RootCommand("Trains a segmentation network on pictures and masks in a folder.")
        {
            Data, Classes, ColorMasks, Ignore, Out, Resume, Size, Trunk, FineTune,
            InRange(Epochs, 1, 1_000_000), InRange(Batch, 1, 65_536), InRange(Crop, 1, 32_768), InRange(Threads, 1, 1024), Seed, Device,
        };
        InRange(Ignore, 0, 255);
        command.Validators.Add(result =>
        {
            var starts = new Option[] { Trunk, FineTune, Size }.Where(option => result.GetResult(option) is { Implicit: false }).ToList();
            if (starts is [var one, var other, ..])
            {
                result.AddError($"{other.Name} and {one.Name} exclude each other: the network starts from a single network and " +
                    "has its width. Give one of them.");
            }
        });
        command.SetAction(parsed => run(Read(parsed)));
        return command;
    }

    private static Settings Read(ParseResult parsed) => new()
    {
        Data = parsed.GetValue(Data),
        Classes = parsed.GetValue(Classes),
        ColorMasks = parsed.GetValue(ColorMasks),
        Ignore = parsed.GetValue(Ignore),
        Out = parsed.GetValue(Out),
        Resume = parsed.GetValue(Resume),
        Size = parsed.GetValue(Size),
        Trunk = parsed.GetValue(Trunk),
        FineTune = parsed.GetValue(FineTune),
        Epochs = parsed.GetValue(Epochs),
        Batch = parsed.GetValue(Batch),
        Crop = parsed.GetValue(Crop),
        Threads = parsed.GetValue(Threads),
        Seed = parsed.GetValue(Seed),
        Device = parsed.GetValue(Device)!,
    };

    private static T? OneOf<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var text = result.Tokens[0].Value;
        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
        {
            return value;
        }

        var names = string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()));
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes one of {names}, but got \"{text}\".");
        return null;
    }

    private static Option<int?> InRange(Option<int?> option, int min, int max)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var value)
                && (value < min || value > max))
            {
                result.AddError(FormattableString.Invariant($"{option.Name} must be {min} to {max}, but was {value}."));
            }
        });
        return option;
    }
}
