using System.IO.Hashing;
using System.Runtime.InteropServices;
using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>The inspection of one sample by <see cref="DatasetDoctor"/>.</summary>
/// <param name="PicturePath">The picture's file, or its name.</param>
/// <param name="MaskPath">The mask's file, or its name.</param>
/// <param name="Faults">The faults of the sample.</param>
/// <param name="Counts">Pixels of each of the 256 ids; null if the mask cannot be read.</param>
/// <param name="Hash">A hash of the decoded pixels and the size; null if the picture cannot be read.</param>
internal sealed record SampleInspection(
    string PicturePath, string MaskPath, IReadOnlyList<DatasetException> Faults, long[]? Counts, UInt128? Hash)
{
    public static SampleInspection Of(ISegmentationDataset dataset, int index)
    {
        var faults = new List<DatasetException>();
        var (picturePath, maskPath) = dataset is FileDataset listed
            ? (listed.PicturePath(index), listed.MaskPath(index))
            : (dataset.NameOf(index), dataset.NameOf(index));
        var (picture, labels) = dataset is FileDataset files
            ? (Try(() => files.ReadPicture(index), faults), Try(() => files.ReadMask(index), faults))
            : Try(() => dataset.Load(index), faults) is { } sample ? (sample.Picture, sample.Labels) : default;
        if (labels is not null)
        {
            faults.AddRange(SampleChecks.FaultsOf(maskPath, picture, labels, dataset.Classes, dataset.IgnoreId));
        }

        return new SampleInspection(picturePath, maskPath, faults, labels?.CountPixels(), picture is null ? null : HashOf(picture));
    }

    private static T? Try<T>(Func<T> read, List<DatasetException> faults)
        where T : class
    {
        try
        {
            return read();
        }
        catch (DatasetException fault)
        {
            faults.Add(fault);
            return null;
        }
    }

    private static UInt128 HashOf(RgbImage picture)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes<int>([picture.Width, picture.Height]));
        hash.Append(picture.Pixels.Span);
        return hash.GetCurrentHashAsUInt128();
    }
}
