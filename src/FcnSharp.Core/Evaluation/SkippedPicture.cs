namespace FcnSharp.Evaluation;

/// <summary>A picture that was left out.</summary>
/// <param name="Name">Its name in the data set.</param>
/// <param name="Reason">What is wrong with it, in one line that names the file.</param>
public sealed record SkippedPicture(string Name, string Reason);
