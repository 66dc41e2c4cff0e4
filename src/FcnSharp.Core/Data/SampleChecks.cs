using System.Globalization;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>What a picture and its labels must fulfil.</summary>
internal static class SampleChecks
{
    /// <summary>Everything that is wrong with a sample, most basic first.</summary>
    /// <param name="path">What messages name: the mask file.</param>
    /// <param name="picture">The picture; null if it could not be read.</param>
    /// <param name="labels">Its labels.</param>
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
                "Make the mask anew at the picture's size; if it has to be scaled, then without mixing ids (nearest neighbour).");
        }

        var unknown = FirstUnknown(labels.Labels.Span, classes.Count, ignoreId);
        if (unknown >= 0)
        {
            yield return OnlyBlackAndWhite(labels.CountPixels())
                ? BlackWhite(path)
                : Unknown(path, labels, unknown, classes.Count, ignoreId);
        }
    }

    /// <summary>A mask of 0 and 255 alone, as paint programs save a selection.</summary>
    public static DatasetException BlackWhite(string path) => new(
        DatasetFault.BlackWhiteMask,
        path,
        "the mask is black and white: its only values are 0 and 255.",
        "Save the class id in every pixel, 1 instead of 255 for two classes, or set black and white as the data set's palette.");

    /// <summary>Whether 255 occurs, and nothing else but 0.</summary>
    public static bool OnlyBlackAndWhite(ReadOnlySpan<long> counts) => counts[255] > 0 && !counts[1..255].ContainsAnyExcept(0);

    private static DatasetException Unknown(string path, LabelMap labels, int at, int classes, int ignoreId)
    {
        var id = labels.Labels.Span[at];
        var ignored = ignoreId < classes ? "" : string.Create(CultureInfo.InvariantCulture, $", or {ignoreId} for ignored pixels");
        return new DatasetException(
            DatasetFault.UnknownId,
            path,
            Guard.Text($"pixel ({at % labels.Width}, {at / labels.Width}) has the id {id}, but ids are 0 to {classes - 1}{ignored}."),
            Guard.Text($"Set the ignored id to {id} if that is what it means; otherwise add the class, or correct the mask."));
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
