using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>The segmentation of one picture: a class for every pixel, at the size of the picture. Immutable and thread-safe.</summary>
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

    /// <summary>Creates a segmentation from labels, for tests of programs that use segmentations.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="labels">The class of each pixel.</param>
    /// <param name="classes">Names and colours of the classes.</param>
    /// <returns>A result without confidence, probabilities and timings.</returns>
    /// <exception cref="ArgumentException">Picture and labels differ in size.</exception>
    public static Segmentation Create(RgbImage picture, LabelMap labels, ClassList classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        return (labels.Width, labels.Height) == (picture.Width, picture.Height)
            ? new Segmentation(
                new SegmentationOrigin(PictureName: null, ModelName: null, "created from labels"),
                picture,
                new Classification(labels, Confidence: null, Probabilities: null),
                classes,
                new SegmentationTimings(default, default, default))
            : throw new ArgumentException(
                Guard.Text($"The labels are {labels.Width}x{labels.Height} pixels, but the picture is {picture.Width}x{picture.Height}."),
                nameof(labels));
    }

    /// <summary>The picture, decoded and upright.</summary>
    public RgbImage Picture { get; }

    /// <summary>The path of the picture, or the name of its source; null for a stream, bytes or pixels without a name.</summary>
    public string? PictureName { get; }

    /// <summary>The name on the network's card; null if there is none.</summary>
    public string? ModelName { get; }

    /// <summary>The class of every pixel.</summary>
    public LabelMap Labels { get; }

    /// <summary>Names and colours of the classes.</summary>
    public ClassList Classes { get; }

    /// <summary>The classes that occur in the picture, with the share that each covers; largest first.</summary>
    public IReadOnlyList<ClassShare> Shares => shares.Value;

    /// <summary>The confidence of each label: the highest softmax probability, 0 to 255 for 0 to 1. Null unless the predictor's options
    /// request it.</summary>
    public GrayImage? Confidence { get; }

    /// <summary>(NumClasses, Height, Width) softmax probabilities in [0, 1]. Null unless the predictor's options request them.</summary>
    public ScoreMap? Probabilities { get; }

    /// <summary>The same classes for another picture of this size.</summary>
    internal Segmentation For(RgbImage picture) => new(
        new SegmentationOrigin(PictureName: null, ModelName, EngineDescription),
        picture,
        new Classification(Labels, Confidence, Probabilities),
        Classes,
        new SegmentationTimings(default, default, default));

    /// <summary>The probabilities of one pixel, in order of class id.</summary>
    internal IEnumerable<float> ProbabilitiesAt(int x, int y) =>
        Enumerable.Range(0, Classes.Count).Select(id => Probabilities![id, x, y]);

    /// <summary>A short description of the engine.</summary>
    public string EngineDescription { get; }

    /// <summary>The time of each stage.</summary>
    public SegmentationTimings Timings { get; }

    /// <summary>Paints every pixel in the colour of its class.</summary>
    public RgbImage ToColorMap() => Labels.ToColors(Classes.Palette);

    /// <summary>Blends the picture with the colours of its classes.</summary>
    /// <param name="options">Opacity, colours, outlines and legend; null means the defaults.</param>
    public RgbImage ToOverlay(OverlayOptions? options = null) => Overlay.Blend(Picture, Labels, Classes, options);

    /// <summary>Writes <see cref="ToColorMap"/> to a picture file, atomically.</summary>
    /// <param name="path">The file; its extension, .png, .jpg, .jpeg or .webp, determines the format.</param>
    /// <exception cref="ArgumentException">The extension is not supported.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveColorMap(string path) => ToColorMap().Save(path);

    /// <summary>Writes <see cref="ToOverlay"/> to a picture file, atomically.</summary>
    /// <param name="path">The file; its extension, .png, .jpg, .jpeg or .webp, determines the format.</param>
    /// <param name="options">Opacity, colours, outlines and legend; null means the defaults.</param>
    /// <exception cref="ArgumentException">The extension is not supported.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveOverlay(string path, OverlayOptions? options = null) => ToOverlay(options).Save(path);

    /// <summary>Writes the labels as an indexed PNG, atomically: the pixels are class ids, the palette has the class colours.</summary>
    /// <param name="path">The file; its name ends in .png.</param>
    /// <exception cref="ArgumentException">The name has another extension.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveLabels(string path) => Labels.Save(path, Classes.Palette);

    /// <summary>The segmentation as JSON data.</summary>
    /// <param name="options">Defines what a region is; null means the defaults.</param>
    /// <param name="withLabels">Whether to include the class of every pixel, as runs.</param>
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

    /// <summary>The segmentation as indented JSON: the text of <see cref="ToJsonData"/>.</summary>
    /// <param name="options">Defines what a region is; null means the defaults.</param>
    public string ToJson(RegionOptions? options = null) => ToJsonData(options).ToText();

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}

/// <summary>The picture, the model and the engine of a segmentation.</summary>
internal sealed record SegmentationOrigin(string? PictureName, string? ModelName, string EngineDescription);
