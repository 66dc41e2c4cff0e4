using System.Collections.Immutable;
using FcnSharp.Data;
using FcnSharp.Fuzz.Generators;
using FcnSharp.Imaging;

namespace FcnSharp.Fuzz.Readers;

/// <summary>Readers of pictures and masks. The limit on pixels is low, so that many inputs reach it.</summary>
internal static class PictureReaders
{
    private static readonly DecodeOptions Limits = new() { MaxPixels = 4_000_000 };

    private static readonly ImmutableArray<Format> Pictures =
        [PngGrammar.Pictures, JpegGrammar.Format, GifGrammar.Format, BmpGrammar.Format, WebpGrammar.Format];

    public static ImmutableArray<Reader> All { get; } =
    [
        new("picture", typeof(ImageFileException), Pictures, LoadPicture) { ReadsPictures = true },
        new("labels", typeof(ImageFileException), [PngGrammar.Masks, PngGrammar.Masks, PngGrammar.Pictures], LoadLabels)
        {
            ReadsPictures = true,
        },
        new("mask", typeof(DatasetException), [PngGrammar.Masks, PngGrammar.Pictures, GifGrammar.Format], LoadMask)
        {
            ReadsPictures = true,
        },
    ];

    private static Answer LoadPicture(Input input, Workplace place)
    {
        using var stream = new MemoryStream(input.Bytes);
        RgbImage.Load(stream, Limits);
        return default;
    }

    private static Answer LoadLabels(Input input, Workplace place)
    {
        using var stream = new MemoryStream(input.Bytes);
        LabelMap.Load(stream, Limits);
        return default;
    }

    /// <summary>A data set whose picture and mask, of ids or of colours, are both the input.</summary>
    private static Answer LoadMask(Input input, Workplace place)
    {
        place.Put("masks/images/a.png", input.Bytes);
        place.Put("masks/labels/a.png", input.Bytes);
        var dataset = new FolderDataset(Path.Combine(place.Folder, "masks"), new FolderDatasetOptions
        {
            Classes = ClassList.Numbered(255),
            Decoding = Limits,
            MaskPalette = input.IsVariation ? Palette.Voc : null,
        });
        dataset.Load(0);
        return default;
    }
}
