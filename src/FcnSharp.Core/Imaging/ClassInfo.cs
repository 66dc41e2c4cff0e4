namespace FcnSharp.Imaging;

/// <summary>The name and the colour of a class.</summary>
/// <param name="Name">The display name, such as <c>person</c>.</param>
/// <param name="Color">The colour in which the class is drawn.</param>
public sealed record ClassInfo(string Name, RgbColor Color);
