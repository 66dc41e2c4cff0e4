using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>A picture and the class of every pixel of it.</summary>
/// <param name="Name">Its name in the data set.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Labels">Its classes, as stored: ids of classes, or the data set's ignored id.</param>
public sealed record SegmentationSample(string Name, RgbImage Picture, LabelMap Labels)
{
    /// <summary>Everything that is wrong with it, most basic first: labels of another size than the picture's, and ids that no class
    /// has. Empty if it can be learned from.</summary>
    /// <param name="classes">The data set's classes.</param>
    /// <param name="ignoreId">The data set's ignored id, 0 to 255.</param>
    public IEnumerable<DatasetException> FindFaults(ClassList classes, int ignoreId)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return SampleChecks.FaultsOf(Name, Picture, Labels, classes, ignoreId);
    }
}
