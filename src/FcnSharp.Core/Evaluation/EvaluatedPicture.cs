namespace FcnSharp.Evaluation;

/// <summary>What one picture scored. Null where all of its pixels are ignored.</summary>
/// <param name="Name">Its name in the data set.</param>
/// <param name="MeanIoU">The mean IoU over the classes that occur in it, in truth or prediction; 0 to 1.</param>
/// <param name="PixelAccuracy">Its fraction of correct pixels, 0 to 1.</param>
public sealed record EvaluatedPicture(string Name, double? MeanIoU, double? PixelAccuracy);
