using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>A picture with the class of every pixel.</summary>
/// <param name="Name">The name in the data set.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Labels">The labels: class ids, or the data set's ignored id.</param>
public sealed record SegmentationSample(string Name, RgbImage Picture, LabelMap Labels)
{
    /// <summary>All faults of the sample, most basic first: a size that differs from the picture's, and ids without a class. Empty if the
    /// sample is valid.</summary>
    /// <param name="classes">The data set's classes.</param>
    /// <param name="ignoreId">The data set's ignored id, 0 to 255.</param>
    public IEnumerable<DatasetException> FindFaults(ClassList classes, int ignoreId)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return SampleChecks.FaultsOf(Name, Picture, Labels, classes, ignoreId);
    }
}
