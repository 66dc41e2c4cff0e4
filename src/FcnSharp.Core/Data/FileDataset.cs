using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>A data set of picture files and mask files.</summary>
/// <remarks>
/// Thread-safe. The constructor lists the files once; they are read on request. A name that has only a picture or only a mask is listed
/// too, and loading it throws an exception that names the missing file; <see cref="DatasetDoctor"/> finds all such names at once.
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

    /// <summary>The path of the picture file; for a missing file, the path where it was expected.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    public string PicturePath(int index) => At(index).Picture;

    /// <summary>The path of the mask file; for a missing file, the path where it was expected.</summary>
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

    /// <summary>Reads the labels without the checks of <see cref="SampleChecks"/>.</summary>
    internal LabelMap ReadMask(int index) => reader.ReadMask(MaskPath(index));

    private SampleFiles At(int index) =>
        samples[Guard.InRange(index, 0, samples.Length - 1, nameof(index), "Count is the number of pictures.")];
}

/// <summary>The paths of one sample's files; for a missing file, the path where it was expected.</summary>
internal readonly record struct SampleFiles(string Name, string Picture, string Mask);
