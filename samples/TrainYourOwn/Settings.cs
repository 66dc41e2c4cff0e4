namespace TrainYourOwn;

/// <summary>The options of the command line. Null means not given; <see cref="Recipe"/> chooses the value.</summary>
internal sealed record Settings
{
    /// <summary>The folder with images/ and labels/; null for drawn scenes.</summary>
    public string? Data { get; init; }

    public string? Classes { get; init; }

    public bool ColorMasks { get; init; }

    public int? Ignore { get; init; }

    public string? Out { get; init; }

    public bool Resume { get; init; }

    public NetworkSize? Size { get; init; }

    public PretrainedTrunk? Trunk { get; init; }

    public string? FineTune { get; init; }

    public int? Epochs { get; init; }

    public int? Batch { get; init; }

    public int? Crop { get; init; }

    public int? Threads { get; init; }

    public int Seed { get; init; } = 1;

    public string Device { get; init; } = "cpu";

    public bool IsDemo => Data is null;
}
