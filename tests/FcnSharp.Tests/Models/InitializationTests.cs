using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Torch.Tests.Models;

public class InitializationTests
{
    public static TheoryData<FcnVariant, FcnLayout, bool, bool> Kinds => EveryNetwork.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void New_OfEveryKind_ScoresZeroEverywhere(FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        using var model = FcnModule.Create(EveryNetwork.Tiny(variant, layout, atOnce, batchNorm));
        using var images = ones(2, 3, 33, 20);

        using var scores = model.call(images);

        Assert.True(model.training);
        Assert.Equal([2, 3, 33, 20], scores.shape);
        Assert.Equal(0, scores.abs().max().Item<float>());
    }

    /// <summary>Variance 2 / fan-in; 9 x 64 inputs in conv2.0, and 128 x 576 weights to estimate it from.</summary>
    [Fact]
    public void New_Convolutions_HaveHesVarianceAndNoBias()
    {
        using var scope = NewDisposeScope();
        var trunk = new VggTrunkOptions { Widths = new VggWidths { Stage3 = 2, Stage4 = 2, Stage5 = 2, Head = 2 } };
        using var model = new FCN32s(new FcnOptions { Trunk = trunk });
        var state = model.state_dict();

        Assert.Equal(Math.Sqrt(2.0 / (9 * 64)), state["conv2.0.weight"].std().Item<float>(), 0.001);
        Assert.Equal(0, state["conv2.0.weight"].mean().Item<float>(), 0.001);
        Assert.Equal(0, state["conv2.0.bias"].abs().max().Item<float>());
    }

    /// <summary>The kernel of 4 in one dimension is 1/4, 3/4, 3/4, 1/4: f = 2, centre 1.5.</summary>
    [Theory]
    [InlineData(FcnLayout.Compact)]
    [InlineData(FcnLayout.Original)]
    public void New_Upsamplers_AreBilinearForEveryClassAlone(FcnLayout layout)
    {
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, layout));
        float[] taps = [0.25f, 0.75f, 0.75f, 0.25f];

        var weight = model.ToNetwork()["upscore.weight"].Values.ToArray();

        for (var i = 0; i < weight.Length; i++)
        {
            var (from, to, row, column) = (i / 48, i / 16 % 3, i / 4 % 4, i % 4);
            Assert.Equal(from == to ? taps[row] * taps[column] : 0, weight[i]);
        }
    }

    [Theory]
    [InlineData(FcnLayout.Compact, null, true)]
    [InlineData(FcnLayout.Original, null, false)]
    [InlineData(FcnLayout.Compact, false, false)]
    [InlineData(FcnLayout.Original, true, true)]
    public void LearnUpsampling_NullOrSaid_DecidesAboutGradients(FcnLayout layout, bool? learn, bool expected)
    {
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, layout), new FcnLearningOptions { LearnUpsampling = learn });

        Assert.All(
            model.named_parameters(),
            pair => Assert.Equal(!pair.name.StartsWith("upscore", StringComparison.Ordinal) || expected, pair.parameter.requires_grad));
    }

    [Theory]
    [InlineData(FcnLayout.Compact, null, typeof(TorchSharp.Modules.Dropout2d))]
    [InlineData(FcnLayout.Original, null, typeof(TorchSharp.Modules.Dropout))]
    [InlineData(FcnLayout.Compact, DropoutKind.Element, typeof(TorchSharp.Modules.Dropout))]
    [InlineData(FcnLayout.Original, DropoutKind.Channel, typeof(TorchSharp.Modules.Dropout2d))]
    public void DropoutKind_NullOrSaid_IsThatOfTheHead(FcnLayout layout, DropoutKind? kind, Type expected)
    {
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, layout), new FcnLearningOptions { DropoutKind = kind });

        var dropouts = model.named_modules().Where(pair => pair.name is "fc6.2" or "fc7.2").Select(pair => pair.module.GetType());

        Assert.Equal([expected, expected], dropouts);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0.9, false)]
    public void Dropout_InTraining_ChangesScoresUnlessItIsZero(double dropout, bool same)
    {
        using var model = FCN8s.From(FilledNetwork.Tiny(), new FcnLearningOptions { Dropout = dropout });
        var values = GoldenFill.Values("x", 3 * 64 * 64, 1);
        var evaluated = ModuleScores.Of(model, values, 64, 64);

        model.train();

        Assert.Equal(same, evaluated.SequenceEqual(ModuleScores.Of(model, values, 64, 64)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Dropout_OutOfRange_IsRefused(double dropout)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new FcnLearningOptions { Dropout = dropout });

        Assert.Contains("Dropout must be at least 0 and below 1", error.Message);
    }

    [Fact]
    public void New_OptionsOfAnotherVariant_TheClassDecides()
    {
        using var model = new FCN32s(EveryNetwork.Tiny(FcnVariant.Fcn8s));

        Assert.Equal(EveryNetwork.Tiny(FcnVariant.Fcn32s), model.Options);
    }
}
