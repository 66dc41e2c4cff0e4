using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.RepositoryTests;

/// <summary>Faulty masks give exactly the messages that docs/reference/training.md quotes.</summary>
public sealed class TrainingPageTests : IDisposable
{
    private static readonly ClassList Classes = new(["background", "leaf", "stem"]);

    private readonly string folder = Directory.CreateTempSubdirectory("fcnsharp-").FullName;

    [Fact]
    public void MaskOfAnotherSize_GivesTheQuotedMessage() => AssertQuoted(new LabelMap(new byte[4], 2, 2), DatasetFault.SizeMismatch);

    [Fact]
    public void IdThatIsNoClass_GivesTheQuotedMessage() => AssertQuoted(Mask(7), DatasetFault.UnknownId);

    [Fact]
    public void BlackAndWhiteMask_GivesTheQuotedMessage() =>
        AssertQuoted(Mask(255), DatasetFault.BlackWhiteMask, new() { Classes = Classes, IgnoreId = 254 });

    [Fact]
    public void ColorMask_GivesTheQuotedMessage() => AssertQuoted(ColorMask(new(255, 0, 1)), DatasetFault.ColorMask);

    [Fact]
    public void ColorOutsideThePalette_GivesTheQuotedMessage() => AssertQuoted(
        ColorMask(new(255, 0, 1)), DatasetFault.UnknownColor,
        new() { Classes = Classes, MaskPalette = new Palette([new(0, 0, 0), new(255, 0, 0), new(0, 255, 0)]) });

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static LabelMap Mask(byte second) => new((byte[])[0, second, .. new byte[14]], 4, 4);

    private static RgbImage ColorMask(RgbColor second) => new((byte[])[0, 0, 0, second.R, second.G, second.B, .. new byte[42]], 4, 4);

    private void AssertQuoted(LabelMap mask, DatasetFault fault, FolderDatasetOptions? options = null) =>
        AssertQuoted(path => mask.Save(path, Palette.Distinct(8)), fault, options);

    private void AssertQuoted(RgbImage mask, DatasetFault fault, FolderDatasetOptions? options = null) =>
        AssertQuoted(path => mask.Save(path), fault, options);

    private void AssertQuoted(Action<string> saveMask, DatasetFault fault, FolderDatasetOptions? options)
    {
        var (pictures, masks) = (
            Directory.CreateDirectory(Path.Combine(folder, "images")), Directory.CreateDirectory(Path.Combine(folder, "labels")));
        new RgbImage(new byte[48], 4, 4).Save(Path.Combine(pictures.FullName, "a.png"));
        saveMask(Path.Combine(masks.FullName, "a.png"));
        var dataset = new FolderDataset(folder, options ?? new() { Classes = Classes });

        var error = Assert.Throws<DatasetException>(() => dataset.Load(0));

        Assert.Equal(fault, error.Fault);
        var quote = $"> {error.Reason} {error.Remedy}";
        Assert.Contains(quote, DocumentationPages.Read("docs/reference/training.md"), StringComparison.Ordinal);
    }
}
