namespace FcnSharp.Evaluation;

/// <summary>The progress of an evaluation.</summary>
/// <param name="Done">Pictures that are done, skipped ones included.</param>
/// <param name="Total">Pictures in the data set.</param>
/// <param name="MeanIoU">The mean IoU over the pictures done, 0 to 1; null if no pixel has been counted yet.</param>
public readonly record struct EvaluationProgress(int Done, int Total, double? MeanIoU);
