using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>Pictures with a class for every pixel, on which networks are trained and evaluated.</summary>
/// <remarks>
/// Implementations are thread-safe and lazy: a picture is read on request, and not cached. Implement this interface for data that does
/// not come from files; no base class is needed.
/// </remarks>
public interface ISegmentationDataset
{
    /// <summary>Display name, such as <c>CamVid val</c>.</summary>
    string Name { get; }

    /// <summary>Names and colours of the classes.</summary>
    ClassList Classes { get; }

    /// <summary>The id, 0 to 255, of ignored pixels, which neither a loss nor a metric counts.</summary>
    int IgnoreId { get; }

    /// <summary>Number of pictures.</summary>
    int Count { get; }

    /// <summary>The name of a picture, unique in the data set. Does not read the picture.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    string NameOf(int index);

    /// <summary>Reads a picture and its labels.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Picture and labels of the same size; every id is a class or <see cref="IgnoreId"/>.</returns>
    /// <exception cref="DatasetException">A file is missing or unreadable, or picture and labels do not match; the message names the file
    /// and the remedy.</exception>
    SegmentationSample Load(int index);
}
