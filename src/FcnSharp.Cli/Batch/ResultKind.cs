using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>A kind of result.</summary>
/// <param name="Suffix">What the name of its file ends in.</param>
/// <param name="Write">Encodes it.</param>
internal sealed record ResultKind(string Suffix, Action<Segmentation, Stream> Write);
