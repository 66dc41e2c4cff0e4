namespace FcnSharp.Evaluation;

/// <summary>The scores of one picture, which are null if all of its pixels are ignored. Immutable.</summary>
public sealed record EvaluatedPicture
{
    internal EvaluatedPicture(string name, double? meanIoU, double? pixelAccuracy) =>
        (Name, MeanIoU, PixelAccuracy) = (name, meanIoU, pixelAccuracy);

    /// <summary>The name of the picture in the data set.</summary>
    public string Name { get; }

    /// <summary>The mean IoU over the classes that occur in the picture, in truth or prediction; 0 to 1.</summary>
    public double? MeanIoU { get; }

    /// <summary>The fraction of correct pixels, 0 to 1.</summary>
    public double? PixelAccuracy { get; }
}
