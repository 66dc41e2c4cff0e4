using System.Globalization;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>Checks a picture and its labels.</summary>
internal static class SampleChecks
{
    /// <summary>All faults of a sample, most basic first.</summary>
    /// <param name="path">The mask file, for messages.</param>
    /// <param name="picture">The picture; null if it could not be read.</param>
    /// <param name="labels">The labels of the picture.</param>
    /// <param name="classes">The data set's classes.</param>
    /// <param name="ignoreId">The data set's ignored id.</param>
    public static IEnumerable<DatasetException> FaultsOf(string path, RgbImage? picture, LabelMap labels, ClassList classes, int ignoreId)
    {
        if (picture is not null && (picture.Width, picture.Height) != (labels.Width, labels.Height))
        {
            yield return new DatasetException(
                DatasetFault.SizeMismatch,
                path,
                Guard.Text($"the mask is {labels.Width}x{labels.Height} pixels, but its picture is {picture.Width}x{picture.Height}."),
                "Create the mask at the picture's size; if it must be scaled, use nearest-neighbour scaling, which does not mix ids.");
        }

        var unknown = FirstUnknown(labels.Labels.Span, classes.Count, ignoreId);
        if (unknown >= 0)
        {
            yield return OnlyBlackAndWhite(labels.CountPixels())
                ? BlackWhite(path)
                : Unknown(path, labels, unknown, classes.Count, ignoreId);
        }
    }

    /// <summary>A mask of only 0 and 255, as paint programs save a selection.</summary>
    public static DatasetException BlackWhite(string path) => new(
        DatasetFault.BlackWhiteMask,
        path,
        "the mask is black and white: its only values are 0 and 255.",
        "Save the class id in every pixel, 1 instead of 255 for two classes, or set black and white as the data set's palette.");

    /// <summary>Whether 255 occurs, and no other id except 0.</summary>
    public static bool OnlyBlackAndWhite(ReadOnlySpan<long> counts) => counts[255] > 0 && !counts[1..255].ContainsAnyExcept(0);

    private static DatasetException Unknown(string path, LabelMap labels, int at, int classes, int ignoreId)
    {
        var id = labels.Labels.Span[at];
        var ignored = ignoreId < classes ? "" : string.Create(CultureInfo.InvariantCulture, $", or {ignoreId} for ignored pixels");
        return new DatasetException(
            DatasetFault.UnknownId,
            path,
            Guard.Text($"pixel ({at % labels.Width}, {at / labels.Width}) has the id {id}, but ids are 0 to {classes - 1}{ignored}."),
            Guard.Text($"Set the ignored id to {id} if it marks ignored pixels; otherwise add the class, or correct the mask."));
    }

    private static int FirstUnknown(ReadOnlySpan<byte> labels, int classes, int ignoreId)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= classes && labels[i] != ignoreId)
            {
                return i;
            }
        }

        return -1;
    }
}
