namespace FcnSharp.Engine.Fused;

/// <summary>A part of a picture, in pixels; it may reach beyond the right and the bottom edge.</summary>
internal readonly record struct PictureWindow(int X, int Y, int Width, int Height);
