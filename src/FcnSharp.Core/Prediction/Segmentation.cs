using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>The classes of one picture, at the picture's own size. Immutable and thread-safe.</summary>
public sealed class Segmentation
{
    private readonly Lazy<IReadOnlyList<ClassShare>> shares;

    internal Segmentation(
        SegmentationOrigin origin, RgbImage picture, Classification classification, ClassList classes, SegmentationTimings timings)
    {
        (PictureName, ModelName, EngineDescription) = origin;
        (Picture, Classes, Timings) = (picture, classes, timings);
        (Labels, Confidence, Probabilities) = classification;
        shares = new(() => ClassShare.Of(Labels, Classes));
    }

    /// <summary>Makes a result of labels, for tests of programs that use results.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="labels">The class of each of its pixels.</param>
    /// <param name="classes">Names and colours.</param>
    /// <returns>A result without confidence, probabilities and timings.</returns>
    /// <exception cref="ArgumentException">Picture and labels differ in size.</exception>
    public static Segmentation Create(RgbImage picture, LabelMap labels, ClassList classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        return (labels.Width, labels.Height) == (picture.Width, picture.Height)
            ? new Segmentation(
                new SegmentationOrigin(PictureName: null, ModelName: null, "made of labels"),
                picture,
                new Classification(labels, Confidence: null, Probabilities: null),
                classes,
                new SegmentationTimings(default, default, default))
            : throw new ArgumentException(
                Guard.Text($"The labels are {labels.Width}x{labels.Height} pixels, but the picture is {picture.Width}x{picture.Height}."),
                nameof(labels));
    }

    /// <summary>The picture, decoded and turned upright.</summary>
    public RgbImage Picture { get; }

    /// <summary>The path of the picture, or what its source is called; null for a stream, bytes or pixels without a name.</summary>
    public string? PictureName { get; }

    /// <summary>The name that the network's card gives; null where it gives none.</summary>
    public string? ModelName { get; }

    /// <summary>The class of every pixel.</summary>
    public LabelMap Labels { get; }

    /// <summary>Names and colours of the classes.</summary>
    public ClassList Classes { get; }

    /// <summary>The classes that the picture has and how much of it each covers; largest first.</summary>
    public IReadOnlyList<ClassShare> Shares => shares.Value;

    /// <summary>How sure the network is of each label: the highest softmax probability, 0 to 255 for 0 to 1. Null unless the predictor's
    /// options ask for it.</summary>
    public GrayImage? Confidence { get; }

    /// <summary>(NumClasses, Height, Width) softmax probabilities in [0, 1]. Null unless the predictor's options ask for them.</summary>
    public ScoreMap? Probabilities { get; }

    /// <summary>The probabilities of one pixel, in order of class.</summary>
    internal IEnumerable<float> ProbabilitiesAt(int x, int y) =>
        Enumerable.Range(0, Classes.Count).Select(id => Probabilities![id, x, y]);

    /// <summary>What computed it.</summary>
    public string EngineDescription { get; }

    /// <summary>Where the time went.</summary>
    public SegmentationTimings Timings { get; }

    /// <summary>Every pixel in the colour of its class.</summary>
    public RgbImage ToColorMap() => Labels.ToColors(Classes.Palette);

    /// <summary>The picture with its classes laid over it.</summary>
    /// <param name="options">How to mix, and whether to set a legend beside it; null means the defaults.</param>
    public RgbImage ToOverlay(OverlayOptions? options = null) => Overlay.Blend(Picture, Labels, Classes, options);

    /// <summary>Writes <see cref="ToColorMap"/> as a picture file, whole or not at all.</summary>
    /// <param name="path">Ends in .png, .jpg, .jpeg or .webp, which decides the format.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveColorMap(string path) => ToColorMap().Save(path);

    /// <summary>Writes <see cref="ToOverlay"/> as a picture file, whole or not at all.</summary>
    /// <param name="path">Ends in .png, .jpg, .jpeg or .webp, which decides the format.</param>
    /// <param name="options">How to mix, and whether to set a legend beside it; null means the defaults.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveOverlay(string path, OverlayOptions? options = null) => ToOverlay(options).Save(path);

    /// <summary>Writes the labels as an indexed PNG: its pixels are the class ids, its palette their colours.</summary>
    /// <param name="path">Ends in .png.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveLabels(string path) => Labels.Save(path, Classes.Palette);

    /// <summary>The result as data for JSON.</summary>
    /// <param name="options">What counts as a region; null means the defaults.</param>
    /// <param name="withLabels">Whether to give the class of every pixel, as runs.</param>
    public SegmentationJson ToJsonData(RegionOptions? options = null, bool withLabels = false) =>
        SegmentationJson.Of(Labels, Classes, options, withLabels) with
        {
            Picture = Path.GetFileName(PictureName),
            Model = ModelName,
            Engine = EngineDescription,
            TimingsMs = new TimingsJson
            {
                Decoding = Milliseconds(Timings.Decoding),
                Scaling = Milliseconds(Timings.Scaling),
                Network = Milliseconds(Timings.Network),
                Total = Milliseconds(Timings.Total),
            },
        };

    /// <summary>Describes the result as indented JSON: the text of <see cref="ToJsonData"/>.</summary>
    /// <param name="options">What counts as a region; null means the defaults.</param>
    public string ToJson(RegionOptions? options = null) => ToJsonData(options).ToText();

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}

/// <summary>Where a result comes from.</summary>
internal sealed record SegmentationOrigin(string? PictureName, string? ModelName, string EngineDescription);
