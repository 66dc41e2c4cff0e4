namespace FcnSharp.Cli.Batch;

/// <summary>A picture to segment.</summary>
/// <param name="Picture">Its file, as the user would write it.</param>
/// <param name="Name">What the paths of its results start with, below the folder for results: <c>trees/oak</c> for
/// <c>trees/oak-labels.png</c>.</param>
internal readonly record struct PictureJob(string Picture, string Name);
