namespace FcnSharp.Evaluation;

/// <summary>What one picture scored. Null where all of its pixels are ignored.</summary>
public sealed record EvaluatedPicture
{
    internal EvaluatedPicture(string name, double? meanIoU, double? pixelAccuracy) =>
        (Name, MeanIoU, PixelAccuracy) = (name, meanIoU, pixelAccuracy);

    /// <summary>Its name in the data set.</summary>
    public string Name { get; }

    /// <summary>The mean IoU over the classes that occur in it, in truth or prediction; 0 to 1.</summary>
    public double? MeanIoU { get; }

    /// <summary>Its fraction of correct pixels, 0 to 1.</summary>
    public double? PixelAccuracy { get; }
}
