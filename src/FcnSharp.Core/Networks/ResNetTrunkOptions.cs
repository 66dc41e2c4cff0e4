using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>
/// The convolutional part of a ResNet (He, Zhang, Ren and Sun, 2015): a 7x7 convolution, a max pool and four stages of residual blocks, as
/// torchvision builds them. Immutable; change a copy with <c>with</c>.
/// </summary>
/// <remarks>
/// A network on a ResNet has the compact layout. A stage may be shortened: it then has the first blocks of the full stage, and loads
/// their weights from a full trunk.
/// </remarks>
public sealed record ResNetTrunkOptions : TrunkOptions
{
    /// <summary>ResNet-18: 2, 2, 2, 2 basic blocks. The defaults are the same.</summary>
    public static ResNetTrunkOptions ResNet18 { get; } = new();

    /// <summary>ResNet-34: 3, 4, 6, 3 basic blocks.</summary>
    public static ResNetTrunkOptions ResNet34 { get; } = new() { Blocks = new(3, 4, 6, 3) };

    /// <summary>ResNet-50: 3, 4, 6, 3 bottlenecks.</summary>
    public static ResNetTrunkOptions ResNet50 { get; } = ResNet34 with { Block = ResNetBlock.Bottleneck };

    /// <summary>ResNet-101: 3, 4, 23, 3 bottlenecks.</summary>
    public static ResNetTrunkOptions ResNet101 { get; } = ResNet50 with { Blocks = new(3, 4, 23, 3) };

    /// <summary>The network of ResNet18.onnx in the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18: 2, 2, 2, 3 basic
    /// blocks.</summary>
    public static ResNetTrunkOptions ResNet18Onnx { get; } = new() { Blocks = new(2, 2, 2, 3) };

    /// <summary>Kind of the residual blocks. The default is <see cref="ResNetBlock.Basic"/>.</summary>
    public ResNetBlock Block { get; init; } = ResNetBlock.Basic;

    /// <summary>Blocks in each stage. The default is 2, 2, 2, 2.</summary>
    public ResNetBlocks Blocks { get; init; } = new(2, 2, 2, 2);

    /// <summary>Channels of the first convolution and of the 3x3 convolutions in the first stage; they double from stage to stage. 1 to
    /// 512. The default is 64.</summary>
    public int Width { get; init => field = Guard.InRange(value, 1, MaxWidth, nameof(Width), "ResNets have 64."); } = 64;

    /// <summary>Whether every convolution is batch-normalised; without batch normalisation it has a bias. The default is true.</summary>
    public override bool BatchNorm { get; init; } = true;

    /// <summary>The largest <see cref="Width"/>: the last stage of bottlenecks then has 16384 channels.</summary>
    internal const int MaxWidth = 512;
}

/// <summary>The two kinds of residual blocks.</summary>
public enum ResNetBlock
{
    /// <summary>Two 3x3 convolutions, as in ResNet-18 and 34.</summary>
    Basic,

    /// <summary>A 1x1, a 3x3 and a 1x1 convolution that multiplies the channels by four, as in ResNet-50 and 101. The 3x3 convolution has
    /// the stride.</summary>
    Bottleneck,
}

/// <summary>Residual blocks in each stage of a ResNet, 1 to 64. Immutable; change a copy with <c>with</c>.</summary>
public sealed record ResNetBlocks
{
    /// <summary>The largest number of blocks in a stage.</summary>
    internal const int Max = 64;

    /// <summary>Creates the block counts of all four stages.</summary>
    /// <param name="stage1">Blocks at stride 4.</param>
    /// <param name="stage2">Blocks at stride 8.</param>
    /// <param name="stage3">Blocks at stride 16.</param>
    /// <param name="stage4">Blocks at stride 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ResNetBlocks(int stage1, int stage2, int stage3, int stage4) =>
        (Stage1, Stage2, Stage3, Stage4) = (stage1, stage2, stage3, stage4);

    /// <summary>Blocks of <c>layer1</c>, at stride 4.</summary>
    public int Stage1 { get; init => field = Checked(value, nameof(Stage1)); }

    /// <summary>Blocks of <c>layer2</c>, at stride 8.</summary>
    public int Stage2 { get; init => field = Checked(value, nameof(Stage2)); }

    /// <summary>Blocks of <c>layer3</c>, at stride 16.</summary>
    public int Stage3 { get; init => field = Checked(value, nameof(Stage3)); }

    /// <summary>Blocks of <c>layer4</c>, at stride 32.</summary>
    public int Stage4 { get; init => field = Checked(value, nameof(Stage4)); }

    /// <summary>The numbers as <c>2, 2, 2, 3</c>.</summary>
    public override string ToString() => Guard.Text($"{Stage1}, {Stage2}, {Stage3}, {Stage4}");

    private static int Checked(int value, string name) => Guard.InRange(value, 1, Max, name, "Give a number of residual blocks.");
}
