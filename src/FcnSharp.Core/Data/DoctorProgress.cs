namespace FcnSharp.Data;

/// <summary>How far a check is.</summary>
/// <param name="Done">Pictures that have been looked at.</param>
/// <param name="Total">Pictures in all splits.</param>
public readonly record struct DoctorProgress(int Done, int Total);
