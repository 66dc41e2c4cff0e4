using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>A picture and the class of every pixel of it.</summary>
/// <param name="Name">Its name in the data set.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Labels">Its classes, as stored: ids of classes, or the data set's ignored id.</param>
public sealed record SegmentationSample(string Name, RgbImage Picture, LabelMap Labels);
