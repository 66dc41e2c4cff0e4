namespace FcnSharp.Imaging;

/// <summary>A class's name and colour.</summary>
/// <param name="Name">What people call it, such as <c>person</c>.</param>
/// <param name="Color">How it is drawn.</param>
public sealed record ClassInfo(string Name, RgbColor Color);
