using FcnSharp.Imaging;

namespace FcnSharp.Engine;

/// <summary>The result of an engine, at the requested size.</summary>
/// <param name="Labels">The class with the highest score at every pixel; the lowest id among equals.</param>
/// <param name="Confidence">The highest softmax probability at every pixel, 0 to 255 for 0 to 1; null unless requested.</param>
/// <param name="Probabilities">(NumClasses, Height, Width) softmax probabilities in [0, 1]; null unless requested.</param>
public sealed record Classification(LabelMap Labels, GrayImage? Confidence, ScoreMap? Probabilities);
