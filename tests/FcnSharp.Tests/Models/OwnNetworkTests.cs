using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch.Tests.Models;

/// <summary>A custom network, as a graph, on the managed engine and with libtorch's operations.</summary>
public class OwnNetworkTests
{
    private const int Classes = 4;

    private static readonly Normalization Normalization = new(new(0.5f, 0.4f, 0.6f), new(0.3f, 0.25f, 0.2f));

    private readonly Dictionary<string, NamedTensor> weights = FilledNetwork.TensorsOf(LinkNet.Graph(Classes).Nodes)
        .ToDictionary(tensor => tensor.Name);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(96, 64)]
    [InlineData(77, 131)]
    public void Score_ALinkNet_EqualsTorchSharp(int width, int height)
    {
        using var engine = new CpuEngine(LinkNet.Graph(Classes), weights.Values, new ModelCard { Normalization = Normalization });
        var picture = TestPictures.Noise(width, height);
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var (m, d) = (Normalization.Mean, Normalization.Deviation);
        var bytes = tensor(picture.Pixels.ToArray(), ScalarType.Float32).reshape(1, height, width, 3).permute(0, 3, 1, 2);
        var (mean, deviation) = (tensor(new[] { m.R, m.G, m.B }).reshape(1, 3, 1, 1), tensor(new[] { d.R, d.G, d.B }).reshape(1, 3, 1, 1));

        var scores = engine.Score(picture);
        var expected = Forward(bytes.div(tensor(255f)).sub(mean).div(deviation));

        Assert.Equal([1, Classes, height, width], expected.shape);
        Closeness.Assert(expected.contiguous().data<float>().ToArray(), scores.Values.Span, Closeness.ToPyTorch, $"{width}x{height}");
    }

    /// <summary>The same network with the operations of PyTorch.</summary>
    private Tensor Forward(Tensor image)
    {
        var (height, width) = (image.size(2), image.size(3));
        var padded = functional.pad(image, [0, (8 - (width % 8)) % 8, 0, (8 - (height % 8)) % 8]);
        var stem = Rectified("stem", padded, stride: 2, padding: 3);
        var encoder1 = Block("encoder1", functional.max_pool2d(stem, 3, 2, 1), stride: 1);
        var encoder3 = Block("encoder3", Block("encoder2", encoder1, stride: 2), stride: 1);
        var decoder2 = Upsampled("up2", encoder3).add(encoder1);
        var decoder1 = functional.relu(stem.add(Upsampled("up1", decoder2)));
        return Transposed("scores", decoder1, padding: 0).narrow(2, 0, height).narrow(3, 0, width);
    }

    private Tensor Block(string name, Tensor x, int stride)
    {
        var second = Normalised($"{name}.conv2", Rectified($"{name}.conv1", x, stride, padding: 1), stride: 1, padding: 1);
        return functional.relu(second.add(stride == 1 ? x : Normalised($"{name}.downsample", x, stride, padding: 0)));
    }

    private Tensor Upsampled(string name, Tensor x) =>
        Transposed($"{name}.upsampling", Rectified($"{name}.conv", x, stride: 1, padding: 0), padding: 1);

    private Tensor Rectified(string name, Tensor x, int stride, int padding) => functional.relu(Normalised(name, x, stride, padding));

    private Tensor Normalised(string name, Tensor x, int stride, int padding) => functional.batch_norm(
        functional.conv2d(x, Weight($"{name}.weight"), strides: [stride, stride], padding: [padding, padding]),
        Weight($"{name}.bn.running_mean"), Weight($"{name}.bn.running_var"), Weight($"{name}.bn.weight"), Weight($"{name}.bn.bias"));

    private Tensor Transposed(string name, Tensor x, int padding) => functional.conv_transpose2d(
        x, Weight($"{name}.weight"), Weight($"{name}.bias"), strides: [2, 2], padding: [padding, padding]);

    private Tensor Weight(string name) =>
        tensor(weights[name].Values.ToArray()).reshape([.. weights[name].Shape.Select(size => (long)size)]);
}
