using System.Runtime.InteropServices;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Networks;

/// <summary>Weights that are NaN or infinite are refused by every loader, with tensor and index in the message.</summary>
public class FiniteWeightsTests
{
    private static readonly CheckpointOptions Normalized = new() { Normalization = Normalization.ImageNet };

    private static readonly FcnOptions BatchNormed = new() { NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = true } };

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Load_AModelFileWithSuchAWeight_NamesTensorAndPlace(float value, string shown)
    {
        using var file = new WeightFile(With(FilledNetwork.Tiny().Tensors, "conv3.2.weight", 37, value));

        // (4, 4, 3, 3): 37 = 1 * 36 + 0 * 9 + 0 * 3 + 1.
        var reason = $"tensor conv3.2.weight: expected finite numbers, found {shown} at (1, 0, 0, 1).";
        Assert.Contains(reason, Assert.Throws<WeightFileException>(() => FcnNetwork.Load(file.Path)).Message);
        Assert.Contains(reason, Assert.Throws<WeightFileException>(() => Checkpoint.Load(file.Path)).Message);
        Assert.Contains(reason, Assert.Throws<WeightFileException>(() => FcnPredictor.Load(file.Path, checkpoint: Normalized)).Message);
        Assert.Contains(reason, Assert.Throws<WeightFileException>(() => Checkpoint.Load(file.Path, new() { Partial = true })).Message);
    }

    [Fact]
    public void Load_AnInfinityOfHalfPrecision_IsRefused()
    {
        using var file = new WeightFile(
            With(FilledNetwork.Tiny().Tensors, "fc8.bias", 2, float.PositiveInfinity), WeightPrecision.Float16);

        var error = Assert.Throws<WeightFileException>(() => FcnNetwork.Load(file.Path));

        Assert.Equal(("fc8.bias", "finite numbers", "Infinity at (2)"), (error.Tensor, error.Expected, error.Actual));
    }

    [Theory]
    [InlineData("paper.caffemodel", "conv3_2.weight", "paper.safetensors")]
    [InlineData("compact-legacy.pth", "conv3.2.weight", "compact.safetensors")]
    public void Load_OtherFormats_NameTheTensorAsTheFileDoes(string name, string tensor, string same)
    {
        var bytes = File.ReadAllBytes(CheckpointFiles.At(name));
        var values = MemoryMarshal.AsBytes(GoldenTensors.Read(CheckpointFiles.At(same))[tensor].Values.Span);
        var start = bytes.AsSpan().IndexOf(values);
        MemoryMarshal.Write(bytes.AsSpan(start + sizeof(float)), float.NaN);

        var error = Assert.Throws<WeightFileException>(() => Checkpoint.Load(new MemoryStream(bytes), name));

        Assert.Equal((tensor, "NaN at (0, 0, 0, 1)"), (error.Tensor, error.Actual));
    }

    [Theory]
    [InlineData("conv2.0.bn.running_var", -1e-7f, "variances from 0 up, found -1E-07 at (1).")]
    [InlineData("conv2.0.bn.running_var", float.NaN, "finite numbers, found NaN at (1)")]
    [InlineData("conv2.0.bn.running_mean", float.PositiveInfinity, "finite numbers, found Infinity at (1)")]
    [InlineData("conv2.0.bn.running_mean", 3e38f, "which conv2.0.bn shifts by -3E+38 and multiplies by ", 1e30f)]
    [InlineData("conv2.0.weight", 3e38f, "weights that batch norm keeps finite, found 3E+38 at (0, 0, 0, 1), which conv2.0.bn multiplies",
        1e30f)]
    public void Load_ABatchNormThatCannotBeFolded_IsRefused(string tensor, float value, string reason, float scale = 1)
    {
        var network = FilledNetwork.Create(BatchNormed);
        using var file = new WeightFile(
            With(With(With(network.Tensors, tensor, 1, value), "conv2.0.bn.weight", 1, scale), "conv2.0.bn.weight", 0, scale));

        Assert.Contains(reason, Assert.Throws<WeightFileException>(() => FcnNetwork.Load(file.Path)).Message);
        Assert.Contains(reason, Assert.Throws<WeightFileException>(() => FcnPredictor.Load(file.Path, checkpoint: Normalized)).Message);
    }

    /// <summary>conv2.0.weight is (3, 2, 3, 3): 22 = 1 * 18 + 0 * 9 + 1 * 3 + 1.</summary>
    [Fact]
    public void Constructor_AWeightOfALaterChannelThatBatchNormOverflows_IsNamedByItsPlace()
    {
        var tensors = With(
            With(FilledNetwork.Create(BatchNormed).Tensors, "conv2.0.weight", 22, 3e38f), "conv2.0.bn.weight", 1, 1e30f);

        var error = Assert.Throws<ArgumentException>(() => new FcnNetwork(BatchNormed, tensors));

        Assert.Contains("found 3E+38 at (1, 0, 1, 1), which conv2.0.bn multiplies by", error.Message);
    }

    [Fact]
    public void Constructor_SuchAWeight_IsRefused()
    {
        var network = FilledNetwork.Tiny();

        var error = Assert.Throws<ArgumentException>(
            () => new FcnNetwork(network.Options, With(network.Tensors, "fc7.0.bias", 3, float.NaN)));

        Assert.Contains("tensor fc7.0.bias: expected finite numbers, found NaN at (3).", error.Message);
    }

    [Fact]
    public void Constructor_TheLargestNumbersAndABatchNormOfThem_AreAccepted()
    {
        var network = FilledNetwork.Create(BatchNormed);

        var extreme = new FcnNetwork(BatchNormed, With(network.Tensors, "conv2.0.bn.running_var", 1, 0));

        Assert.All(
            extreme.FoldBatchNorm().Tensors.SelectMany(tensor => tensor.Values.ToArray()), value => Assert.True(float.IsFinite(value)));
        _ = new FcnNetwork(
            FilledNetwork.Tiny().Options, With(FilledNetwork.Tiny().Tensors, "conv2.0.weight", 1, float.MaxValue));
    }

    private static IEnumerable<NamedTensor> With(IEnumerable<NamedTensor> tensors, string name, int index, float value) =>
        tensors.Select(tensor =>
        {
            if (tensor.Name != name)
            {
                return tensor;
            }

            var values = tensor.Values.ToArray();
            values[index] = value;
            return new NamedTensor(name, tensor.Shape, values);
        });
}
