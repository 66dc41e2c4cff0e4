namespace TrainYourOwn;

/// <summary>How wide the network is: what it can tell apart, and how long it takes.</summary>
internal enum NetworkSize
{
    Tiny,
    Small,
    Standard,
}

/// <summary>A trunk that has learned from ImageNet.</summary>
internal enum PretrainedTrunk
{
    /// <summary>The ResNet-18 of the package Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT).</summary>
    ResNet18,
}
