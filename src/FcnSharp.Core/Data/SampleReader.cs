using FcnSharp.Imaging;

namespace FcnSharp.Data;

/// <summary>Reads picture and mask files, and reports their errors as <see cref="DatasetException"/>.</summary>
/// <param name="colors">Decodes colour masks; null for masks that contain ids.</param>
/// <param name="decoding">Limits for the files.</param>
internal sealed class SampleReader(MaskColors? colors, DecodeOptions decoding)
{
    public RgbImage ReadPicture(string path) => Read(
        path,
        () => RgbImage.Load(path, decoding),
        () => new DatasetException(
            DatasetFault.MissingPicture, path, "there is no such picture, although a mask or a list names it.",
            "Add the picture, or remove the mask or the line of the list."));

    public LabelMap ReadMask(string path) => Read(
        path,
        () => colors is null ? ReadIds(path) : colors.ToLabels(RgbImage.Load(path, decoding), path),
        () => new DatasetException(
            DatasetFault.MissingMask, path, "there is no such mask, although there is a picture of that name.",
            "Add the mask, remove the picture, or list the names to use in a split file."));

    private static T Read<T>(string path, Func<T> read, Func<DatasetException> missing)
    {
        try
        {
            return read();
        }
        catch (FileNotFoundException)
        {
            throw missing();
        }
        catch (ImageFileException exception)
        {
            throw new DatasetException(
                DatasetFault.UnreadableFile, path, $"cannot be read: {exception.Reason}",
                $"{exception.Remedy} Or remove it from the data set.", exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not DatasetException))
        {
            throw new DatasetException(
                DatasetFault.UnreadableFile, path, "cannot be opened.",
                "Check its permissions, and that no other program has locked it.", exception);
        }
    }

    private LabelMap ReadIds(string path)
    {
        try
        {
            return LabelMap.Load(path, decoding);
        }
        catch (ImageFileException exception) when (IsPicture(path))
        {
            throw new DatasetException(
                DatasetFault.ColorMask,
                path,
                "the mask contains colours or shades of grey instead of one class id per pixel.",
                "Save it as an indexed or grey 8-bit PNG whose values are the class ids, " +
                "or set the colours of the classes as the data set's palette.",
                exception);
        }
    }

    private bool IsPicture(string path)
    {
        try
        {
            RgbImage.Load(path, decoding);
            return true;
        }
        catch (ImageFileException)
        {
            return false;
        }
    }
}
