using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;

namespace FcnSharp.Torch.Tests.Torch;

/// <summary>Scores that are infinite or NaN: the engine throws the same exception as the managed engine.</summary>
public class ScoreOverflowTests
{
    private static readonly RgbImage Picture = OverflowingNetwork.RedSquare(64, 48, left: 40, top: 24);

    public static TheoryData<string, FcnVariant, FcnLayout> Networks =>
    [
        .. from device in Devices.All
           from kind in FilledNetwork.VariantsAndLayouts
           select (device, kind.Variant, kind.Layout),
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Engine_OfEveryNetwork_NamesThePixelOfTheManagedEngine(string device, FcnVariant variant, FcnLayout layout)
    {
        foreach (var network in new[]
        {
            OverflowingNetwork.InTheScores(variant, layout), OverflowingNetwork.InTheLastUpsampler(variant, layout),
        })
        {
            using var managed = new CpuEngine(network);
            using var engine = new TorchEngine(network, device);
            var expected = Place(Overflow(() => managed.Score(Picture)));

            Assert.Equal(expected, Place(Overflow(() => engine.Score(Picture))));
            foreach (var more in new[] { false, true })
            {
                var request = new ClassificationRequest { Width = 64, Height = 48, Confidence = more, Probabilities = more };
                Assert.Equal(expected, Place(Overflow(() => engine.Classify(Picture, request))));
            }
        }
    }

    [Fact]
    public void Predictor_WithTestTimeAugmentation_ThrowsAndLeavesNoTensor()
    {
        var options = new PredictorOptions { TestTimeAugmentation = new TestTimeAugmentation { Flip = true } };
        using var predictor = new FcnPredictor(new TorchEngine(OverflowingNetwork.InTheScores()), options);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        Overflow(() => predictor.Segment(Picture));

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void FrozenModule_AWeightBeyondHalfPrecision_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => FrozenModule.Create(OverflowingNetwork.InTheScores(), torch.CPU, torch.ScalarType.Float16));

        Assert.Contains("conv1.0.weight has the value 1E+10, beyond the 65504 that half precision reaches", error.Message);
    }

    private static ScoreOverflowException Overflow(Func<object> work) => Assert.Throws<ScoreOverflowException>(() => { work(); });

    private static (int X, int Y, int ClassId) Place(ScoreOverflowException error) => (error.X, error.Y, error.ClassId);
}
