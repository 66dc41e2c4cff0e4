using System.CommandLine;
using FcnSharp.Cli.Batch;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Commands;

/// <summary>Options that select the results of a picture.</summary>
internal sealed class ResultArguments
{
    private readonly Option<bool> overlay = new("--overlay")
    {
        Description = "Make NAME-overlay.png: the picture blended with the colours of its classes.",
    };
    private readonly Option<bool> colors = new("--colors")
    {
        Description = "Make NAME-colors.png: every pixel in the colour of its class.",
    };
    private readonly Option<bool> labels = new("--labels")
    {
        Description = "Make NAME-labels.png: an indexed PNG whose pixels are class ids.",
    };
    private readonly Option<bool> json = new("--json") { Description = "Make NAME.json: shares and regions of the classes." };
    private readonly Option<bool> legend = new("--legend")
    {
        Description = "Add a legend below the overlay; without --overlay, make NAME-legend.png.",
    };
    private readonly Option<double> opacity = new("--opacity")
    {
        HelpName = "0..1",
        Description = "Opacity of the class colours in the overlay, 0 to 1.",
        DefaultValueFactory = _ => new OverlayOptions().Opacity,
    };
    private readonly Option<int?> outline = new("--outline")
    {
        HelpName = "PIXELS",
        Description = "Width of the regions' outlines in the overlay, 0 to 100. Default: a pixel for every 600 of the longer side.",
    };

    public ResultArguments(Command command)
    {
        outline.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is not (null or (>= 0 and <= 100)))
            {
                result.AddError("--outline takes a number of pixels from 0 (no outlines) to 100.");
            }
        });
        opacity.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1))
            {
                result.AddError("--opacity takes a number from 0 (only the picture) to 1 (only the colours).");
            }
        });
        foreach (var option in new Option[] { overlay, colors, labels, json, legend, opacity, outline })
        {
            command.Add(option);
        }
    }

    /// <summary>The requested results; without any such option, an overlay with legend, a colour map and a label map.</summary>
    public IReadOnlyList<ResultKind> Read(ParseResult parsed)
    {
        var asked = new[] { overlay, colors, labels, json, legend }.Any(parsed.GetValue);
        var withLegend = !asked || parsed.GetValue(legend);
        var options = Overlay(parsed, withLegend);
        (bool IsAsked, ResultKind Kind)[] kinds =
        [
            (!asked || parsed.GetValue(overlay),
                new("-overlay.png", (result, stream) => result.ToOverlay(options).Write(stream, ImageFormat.Png))),
            (!asked || parsed.GetValue(colors), new("-colors.png", (result, stream) => result.ToColorMap().Write(stream, ImageFormat.Png))),
            (!asked || parsed.GetValue(labels),
                new("-labels.png", (result, stream) => result.Labels.Write(stream, result.Classes.Palette))),
            (parsed.GetValue(json), new(".json", WriteJson)),
            (parsed.GetValue(legend) && !parsed.GetValue(overlay),
                new("-legend.png", (result, stream) => LegendOf(result).Write(stream, ImageFormat.Png))),
        ];
        return [.. kinds.Where(kind => kind.IsAsked).Select(kind => kind.Kind)];
    }

    /// <summary>How the frames of a video are drawn; a frame keeps its size unless a legend is requested.</summary>
    /// <exception cref="UsageException">A requested result is for pictures only.</exception>
    public OverlayOptions ReadForVideo(ParseResult parsed) =>
        new[] { colors, labels }.FirstOrDefault(parsed.GetValue) is { } option
            ? throw new UsageException($"{option.Name} is for pictures: encoding a video would blur classes into others. " +
                "Extract its frames, \"ffmpeg -i clip.mp4 frames/%05d.png\", and segment the folder.")
            : Overlay(parsed, parsed.GetValue(legend));

    /// <summary>Whether JSON is requested.</summary>
    public bool WantsJson(ParseResult parsed) => parsed.GetValue(json);

    /// <summary>Identifies the options on which the bytes of the results depend.</summary>
    public string Describe(ParseResult parsed) =>
        $"{string.Join(' ', Read(parsed).Select(kind => kind.Suffix))} legend {parsed.GetValue(legend)} " +
        $"opacity {parsed.GetValue(opacity):R} outline {parsed.GetValue(outline)}";

    private OverlayOptions Overlay(ParseResult parsed, bool withLegend) => new()
    {
        Opacity = parsed.GetValue(opacity), OutlineWidth = parsed.GetValue(outline), Legend = withLegend,
    };

    /// <summary>Writes JSON without engine and times, so that the same picture gives the same bytes.</summary>
    private static void WriteJson(Segmentation result, Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.WriteLine((result.ToJsonData() with { Engine = null, TimingsMs = null }).ToText());
    }

    /// <summary>The legend in the overlay's colours, or one white pixel if nothing is labelled.</summary>
    private static RgbImage LegendOf(Segmentation result)
    {
        var classes = result.Classes.WithPalette(result.Classes.OverlayPalette);
        return Legend.Alone(result.Labels, classes) ?? new RgbImage(new byte[] { 255, 255, 255 }, 1, 1);
    }
}
