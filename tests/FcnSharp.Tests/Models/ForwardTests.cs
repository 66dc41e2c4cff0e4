using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Torch.Tests.Models;

public class ForwardTests
{
    public static TheoryData<FcnVariant, FcnLayout, bool, bool> Kinds => EveryNetwork.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_ABatch_ScoresEachImageAlone(FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        using var model = FcnModule.From(FilledNetwork.Create(EveryNetwork.Tiny(variant, layout, atOnce, batchNorm)));
        var images = tensor(GoldenFill.Values("x", 3 * 3 * 37 * 45, 1)).reshape(3, 3, 37, 45);

        var together = model.call(images);

        Assert.Equal([3, 3, 37, 45], together.shape);
        Assert.True(together.is_contiguous());
        for (var i = 0; i < 3; i++)
        {
            var alone = model.call(images.narrow(0, i, 1));
            Closeness.Assert(Values(alone), Values(together.narrow(0, i, 1)), Closeness.BatchToSingle, $"image {i}");
        }
    }

    [Theory]
    [InlineData("3, 32, 32")]
    [InlineData("1, 4, 32, 32")]
    [InlineData("1, 3, 0, 32")]
    public void Forward_AnotherShape_NamesIt(string shape)
    {
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s));
        using var images = zeros([.. shape.Split(", ").Select(long.Parse)]);

        var error = Assert.Throws<ArgumentException>(() => model.call(images));

        Assert.Contains($"Expected an image batch shaped (N, 3, H, W), but got ({shape})", error.Message);
    }

    [Fact]
    public void Forward_Bytes_SaysHowToNormalise()
    {
        using var model = new FCN16s(EveryNetwork.Tiny(FcnVariant.Fcn16s));
        using var images = zeros(1, 3, 32, 32, dtype: ScalarType.Byte);

        var error = Assert.Throws<ArgumentException>(() => model.call(images));

        Assert.Contains("but got Byte", error.Message);
    }

    [Fact]
    public void Forward_BilinearUpsampling_OfAConstantScoreIsThatConstantInside()
    {
        using var scope = NewDisposeScope();
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, FcnLayout.Original));
        using var untracked = no_grad();
        model.state_dict()["fc8.bias"].fill_(2f);

        // The coarsest map is zero outside, so its upsampled scores decrease near the border, up to 25 pixels into the picture.
        var inside = model.call(zeros(1, 3, 200, 180)).narrow(2, 25, 150).narrow(3, 25, 130);

        Assert.Equal(2, inside.min().Item<float>(), 1e-5f);
        Assert.Equal(2, inside.max().Item<float>(), 1e-5f);
    }

    private static float[] Values(Tensor scores) => scores.contiguous().data<float>().ToArray();
}
