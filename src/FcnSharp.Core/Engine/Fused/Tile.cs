namespace FcnSharp.Engine.Fused;

/// <summary>A part of the work on a picture: what the network is shown, and which cells of its coarse scores are taken from that.</summary>
/// <param name="Window">What the network is shown, in pixels: the tile and the context around it.</param>
/// <param name="FirstRow">The first row of coarse cells, counted in the whole picture.</param>
/// <param name="EndRow">Behind the last one.</param>
/// <param name="FirstColumn">The first column of coarse cells, counted in the whole picture.</param>
/// <param name="EndColumn">Behind the last one.</param>
internal readonly record struct Tile(PictureWindow Window, int FirstRow, int EndRow, int FirstColumn, int EndColumn);
