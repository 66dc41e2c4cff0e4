using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>What became of a picture.</summary>
/// <param name="Item">Which picture.</param>
/// <param name="Segmentation">Its classes; null if it failed.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
internal sealed record Outcome(BatchItem Item, Segmentation? Segmentation, string? Failure);
