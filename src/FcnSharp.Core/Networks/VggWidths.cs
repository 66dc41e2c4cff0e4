using FcnSharp.Support;

namespace FcnSharp.Networks;

/// <summary>Channel counts of the VGG-style trunk. Immutable; change a copy with <c>with</c>. Each is 1 to 16384.</summary>
public sealed record VggWidths
{
    /// <summary>VGG-16 as published: stages 64, 128, 256, 512, 512 and a head of 4096.</summary>
    public static VggWidths Standard { get; } = new();

    /// <summary>Channels of the two convolutions of stage 1 (stride 1). The default is 64.</summary>
    public int Stage1 { get; init => field = Checked(value, nameof(Stage1)); } = 64;

    /// <summary>Channels of the two convolutions of stage 2 (stride 2). The default is 128.</summary>
    public int Stage2 { get; init => field = Checked(value, nameof(Stage2)); } = 128;

    /// <summary>Channels of the three convolutions of stage 3 (stride 4), and so of pool3. The default is 256.</summary>
    public int Stage3 { get; init => field = Checked(value, nameof(Stage3)); } = 256;

    /// <summary>Channels of the three convolutions of stage 4 (stride 8), and so of pool4. The default is 512.</summary>
    public int Stage4 { get; init => field = Checked(value, nameof(Stage4)); } = 512;

    /// <summary>Channels of the three convolutions of stage 5 (stride 16). The default is 512.</summary>
    public int Stage5 { get; init => field = Checked(value, nameof(Stage5)); } = 512;

    /// <summary>Channels of fc6 and fc7. The default is 4096.</summary>
    public int Head { get; init => field = Checked(value, nameof(Head)); } = 4096;

    private static int Checked(int value, string name) =>
        Guard.InRange(value, 1, 16384, name, "Give a number of channels.");
}
