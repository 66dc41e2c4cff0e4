namespace FcnSharp.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Done">Pictures that are done, skipped ones included.</param>
/// <param name="Total">Pictures in the data set.</param>
/// <param name="MeanIoU">The mean IoU over the pictures done, 0 to 1; null while no pixel has been counted.</param>
public readonly record struct EvaluationProgress(int Done, int Total, double? MeanIoU);
