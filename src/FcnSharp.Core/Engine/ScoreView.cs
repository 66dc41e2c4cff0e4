namespace FcnSharp.Engine;

/// <summary>The scores of one view of a picture: at some scale, perhaps mirrored.</summary>
/// <param name="Scores">Raw scores (logits) at the view's own size.</param>
/// <param name="Mirrored">Whether left and right are swapped.</param>
internal readonly record struct ScoreView(ScoreMap Scores, bool Mirrored);
