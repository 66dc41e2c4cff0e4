namespace FcnSharp.Training;

/// <summary>The weight of a pixel in the loss, as a function of the share of its class.</summary>
public enum ClassWeighting
{
    /// <summary>Every pixel has the same weight.</summary>
    None,

    /// <summary>
    /// The median share divided by the share: the median class has weight 1, rarer classes have more, without a limit
    /// (Eigen and Fergus, 2015, section 6.3.2; shares here are of all pixels, not of the pictures that contain the class).
    /// </summary>
    MedianFrequency,

    /// <summary>1 / ln(1.02 + share): from 1.4 to 50.5 (Paszke, Chaurasia, Kim and Culurciello, ENet, 2016, section 5.1);
    /// <see cref="LossOptions.InverseLogOffset"/> changes the 1.02.</summary>
    InverseLog,

    /// <summary>The weights of <see cref="LossOptions.ClassWeights"/>.</summary>
    Given,
}
