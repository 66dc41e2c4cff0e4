using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>A data set of picture files and mask files.</summary>
/// <remarks>
/// Thread-safe. Files are listed once, by the constructor, and read when they are asked for. A name that has a picture or a mask but not
/// both is listed too, and loading it says what is missing; <see cref="DatasetDoctor"/> finds all of these at once.
/// </remarks>
public abstract class FileDataset : ISegmentationDataset
{
    private readonly SampleFiles[] samples;
    private readonly SampleReader reader;

    private protected FileDataset(string name, ClassList classes, int ignoreId, SampleReader reader, IEnumerable<SampleFiles> samples)
    {
        (Name, Classes, IgnoreId, this.reader) = (name, classes, ignoreId, reader);
        this.samples = [.. samples];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ClassList Classes { get; }

    /// <inheritdoc/>
    public int IgnoreId { get; }

    /// <inheritdoc/>
    public int Count => samples.Length;

    /// <inheritdoc/>
    public string NameOf(int index) => At(index).Name;

    /// <summary>The picture file; where there is none, the place at which it was looked for.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public string PicturePath(int index) => At(index).Picture;

    /// <summary>The mask file; where there is none, the place at which it was looked for.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public string MaskPath(int index) => At(index).Mask;

    /// <inheritdoc/>
    public SegmentationSample Load(int index)
    {
        var (picture, labels) = (ReadPicture(index), ReadMask(index));
        return SampleChecks.FaultsOf(MaskPath(index), picture, labels, Classes, IgnoreId).FirstOrDefault() is { } fault
            ? throw fault
            : new SegmentationSample(NameOf(index), picture, labels);
    }

    internal RgbImage ReadPicture(int index) => reader.ReadPicture(PicturePath(index));

    /// <summary>The labels as they are, without the checks of <see cref="SampleChecks"/>.</summary>
    internal LabelMap ReadMask(int index) => reader.ReadMask(MaskPath(index));

    private SampleFiles At(int index) =>
        samples[Guard.InRange(index, 0, samples.Length - 1, nameof(index), "Count says how many pictures there are.")];
}

/// <summary>Where one sample's files are; where one is missing, the place at which it was looked for.</summary>
internal readonly record struct SampleFiles(string Name, string Picture, string Mask);
