namespace TrainYourOwn;

/// <summary>What the command line asks for. What it leaves open is null; <see cref="Recipe"/> decides it.</summary>
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
