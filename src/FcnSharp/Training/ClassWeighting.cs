namespace FcnSharp.Training;

/// <summary>What a pixel of each class weighs in the loss, given the class's share of all pixels.</summary>
public enum ClassWeighting
{
    /// <summary>Every pixel weighs the same.</summary>
    None,

    /// <summary>
    /// The median share over the share: the class in the middle has weight 1, rarer ones more, without bound
    /// (Eigen and Fergus, 2015, section 6.3.2; shares here are of all pixels, not of the pictures that have the class).
    /// </summary>
    MedianFrequency,

    /// <summary>1 / ln(1.02 + share): from 1.4 to 50.5 (Paszke, Chaurasia, Kim and Culurciello, ENet, 2016, section 5.1);
    /// <see cref="LossOptions.InverseLogOffset"/> changes the 1.02.</summary>
    InverseLog,

    /// <summary>The weights of <see cref="LossOptions.ClassWeights"/>.</summary>
    Given,
}
