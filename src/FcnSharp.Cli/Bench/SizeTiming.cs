namespace FcnSharp.Cli.Bench;

/// <summary>How long pictures of one size take, from pixels in memory to labels.</summary>
/// <param name="Width">Columns, in pixels.</param>
/// <param name="Height">Rows, in pixels.</param>
/// <param name="Seconds">The median.</param>
/// <param name="Fastest">The least, in seconds.</param>
/// <param name="Rounds">How many were timed.</param>
internal sealed record SizeTiming(int Width, int Height, double Seconds, double Fastest, int Rounds);
