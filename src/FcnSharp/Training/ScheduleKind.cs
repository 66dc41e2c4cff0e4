namespace FcnSharp.Training;

/// <summary>The factor of the learning rate as a function of the progress, 0 at the start to 1 at the end.</summary>
public enum ScheduleKind
{
    /// <summary>1, as in the paper.</summary>
    Constant,

    /// <summary>(1 - progress)^power (Liu, Rabinovich and Berg, ParseNet, 2015; Chen et al., DeepLab, 2016).</summary>
    Poly,

    /// <summary>(1 + cos(pi * progress)) / 2 (Loshchilov and Hutter, SGDR, 2017, without restarts).</summary>
    Cosine,
}
