namespace FcnSharp.Training;

/// <summary>How the learning rate changes from its full height, at progress 0, to progress 1 at the end.</summary>
public enum ScheduleKind
{
    /// <summary>Not at all, as in the paper.</summary>
    Constant,

    /// <summary>(1 - progress)^power (Liu, Rabinovich and Berg, ParseNet, 2015; Chen et al., DeepLab, 2016).</summary>
    Poly,

    /// <summary>(1 + cos(pi * progress)) / 2 (Loshchilov and Hutter, SGDR, 2017, without restarts).</summary>
    Cosine,
}
