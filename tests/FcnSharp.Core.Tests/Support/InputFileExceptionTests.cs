using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Support;

public class InputFileExceptionTests
{
    [Theory]
    [InlineData("a.pth", new byte[] { 0x80, 2, (byte)'.' })]
    [InlineData("a.onnx", new byte[] { 8, 7, 18, 200 })]
    [InlineData("a.safetensors", new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' })]
    [InlineData("a.caffemodel", new byte[] { 10, 3, 1, 2 })]
    [InlineData("a.zip", new byte[] { (byte)'P', (byte)'K', 3, 4 })]
    [InlineData("a.txt", new byte[] { (byte)'h', (byte)'e', (byte)'l', (byte)'l', (byte)'o' })]
    public void Message_OfWeights_IsPathReasonAndRemedy(string name, byte[] bytes)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder[name], bytes);

        AssertSaysAll(folder[name], Assert.Throws<WeightFileException>(() => Checkpoint.Load(folder[name])));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF })]
    [InlineData(new byte[] { (byte)'B', (byte)'M', 1, 2, 3 })]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void Message_OfAPicture_IsPathReasonAndRemedy(byte[] bytes)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.jpg"], bytes);

        AssertSaysAll(folder["a.jpg"], Assert.Throws<ImageFileException>(() => RgbImage.Load(folder["a.jpg"])));
        AssertSaysAll(folder["a.jpg"], Assert.Throws<ImageFileException>(() => LabelMap.Load(folder["a.jpg"])));
    }

    [Fact]
    public void Message_OfADataset_IsPathReasonAndRemedy()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<DatasetException>(
            () => new FolderDataset(folder.Path, new FolderDatasetOptions { Classes = ClassList.CamVid }));

        AssertSaysAll(error.Path, error);
    }

    [Fact]
    public void Catch_OfTheBase_ServesEveryKindOfFile()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], "neither weights nor a picture");

        Assert.ThrowsAny<InputFileException>(() => FcnNetwork.Load(folder["a"]));
        Assert.ThrowsAny<InputFileException>(() => RgbImage.Load(folder["a"]));
    }

    private static void AssertSaysAll(string path, InputFileException error)
    {
        Assert.Equal(path, error.Path);
        Assert.EndsWith(".", error.Reason.TrimEnd());
        Assert.EndsWith(".", error.Remedy);
        Assert.Equal($"{path}: {error.Reason} {error.Remedy}", error.Message);
    }
}
