using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>Pictures with a class for every pixel: what networks are trained and evaluated on.</summary>
/// <remarks>
/// Implementations are thread-safe and lazy: a picture is read when it is asked for, and not kept. Derive from nothing;
/// implement this for pictures that come from elsewhere than from files.
/// </remarks>
public interface ISegmentationDataset
{
    /// <summary>What people call it, such as <c>CamVid val</c>.</summary>
    string Name { get; }

    /// <summary>Names and colours of the classes.</summary>
    ClassList Classes { get; }

    /// <summary>The id, 0 to 255, of pixels that belong to no class: they count neither in a loss nor in a metric.</summary>
    int IgnoreId { get; }

    /// <summary>How many pictures there are.</summary>
    int Count { get; }

    /// <summary>A picture's name, unique in the data set, without reading it.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    string NameOf(int index);

    /// <summary>Reads a picture and its labels.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Picture and labels of the same size; every id is a class or <see cref="IgnoreId"/>.</returns>
    /// <exception cref="DatasetException">A file is missing, unreadable, or does not fit; the message names it and says what to
    /// do.</exception>
    SegmentationSample Load(int index);
}
