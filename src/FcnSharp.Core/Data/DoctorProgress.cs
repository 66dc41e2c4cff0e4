namespace FcnSharp.Data;

/// <summary>The progress of a check.</summary>
/// <param name="Done">Pictures that have been checked.</param>
/// <param name="Total">Pictures in all splits.</param>
public readonly record struct DoctorProgress(int Done, int Total);
