using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>The engine on ResNets of a few channels; <see cref="GoldenLogitsTests"/> compares those of full width with PyTorch's
/// scores.</summary>
public class ResNetEngineTests
{
    /// <summary>An FCN of every variant on basic blocks and bottlenecks, and a dilated one.</summary>
    public static TheoryData<NetworkOptions> Networks =>
    [
        .. from variant in Enum.GetValues<FcnVariant>()
           from block in Enum.GetValues<ResNetBlock>()
           select new FcnOptions { Variant = variant, NumClasses = 3, Trunk = Trunk(block) },
        new DilatedFcnOptions { NumClasses = 3, Trunk = Trunk(ResNetBlock.Bottleneck) },
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Score_OfPicturesOfAnySize_EqualsTheNaiveNetwork(NetworkOptions options)
    {
        var network = FilledNetwork.Create(options);
        using var engine = new CpuEngine(network);

        foreach (var (width, height) in new[] { (3, 2), (1, 40), (31, 2), (32, 32), (33, 31), (65, 70), (96, 33) })
        {
            var picture = TestPictures.Noise(width, height);
            Closeness.Assert(NaiveFcn.Score(network, picture), engine.Score(picture), Closeness.BetweenEngines);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Score_InTiles_IsThatOfTheWholePicture(NetworkOptions options)
    {
        var network = FilledNetwork.Create(options);
        var picture = TestPictures.Noise(1500, 1200);
        var tiles = new TileCounter();
        using var whole = new CpuEngine(network);
        using var tiled = new CpuEngine(network, new CpuEngineOptions { MaxWorkingMemory = 17_000_000 });

        tiled.Classify(picture, new ClassificationRequest { Width = 1500, Height = 1200, Progress = tiles });

        Assert.True(tiles.Count >= 4, $"{tiles.Count} tiles are too few to say anything");
        Closeness.Assert(whole.Score(picture), tiled.Score(picture), Closeness.BetweenEngines);
    }

    private sealed class TileCounter : IProgress<double>
    {
        public int Count { get; private set; }

        public void Report(double value) => Count++;
    }

    private static ResNetTrunkOptions Trunk(ResNetBlock block) => new() { Block = block, Blocks = new(1, 2, 2, 2), Width = 4 };
}
