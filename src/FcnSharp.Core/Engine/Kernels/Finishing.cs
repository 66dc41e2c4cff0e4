namespace FcnSharp.Engine.Kernels;

/// <summary>What is done with the sums of a convolution, besides adding the bias.</summary>
/// <param name="Rectifies">Whether a ReLU follows.</param>
/// <param name="Adds">Whether they are added to what is there, before the ReLU.</param>
internal readonly record struct Finishing(bool Rectifies, bool Adds);
