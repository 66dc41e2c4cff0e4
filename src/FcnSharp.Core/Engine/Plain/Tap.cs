namespace FcnSharp.Engine.Plain;

/// <summary>One position of a kernel: which input cell, relative to the output cell, it weighs.</summary>
/// <param name="Dy">Rows down.</param>
/// <param name="Dx">Columns to the right.</param>
internal readonly record struct Tap(int Dy, int Dx);
