namespace FcnSharp.Imaging;

/// <summary>Connected pixels of one class.</summary>
/// <param name="ClassId">Their class, 0 to 255.</param>
/// <param name="PixelCount">How many they are; at least 1.</param>
/// <param name="Box">The smallest box around them.</param>
public sealed record Region(int ClassId, long PixelCount, PixelBox Box);
