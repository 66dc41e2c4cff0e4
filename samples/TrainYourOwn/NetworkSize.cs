namespace TrainYourOwn;

/// <summary>The width of the network. Wider networks are more accurate and slower.</summary>
internal enum NetworkSize
{
    Tiny,
    Small,
    Standard,
}

/// <summary>A trunk that was pretrained on ImageNet.</summary>
internal enum PretrainedTrunk
{
    /// <summary>The ResNet-18 of the package Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT).</summary>
    ResNet18,
}
