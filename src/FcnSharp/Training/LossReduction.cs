namespace FcnSharp.Training;

/// <summary>How the losses of pixels become one number. The learning rate belongs to the choice: a sum is larger than a mean by the number
/// of pixels.</summary>
public enum LossReduction
{
    /// <summary>The mean over all pixels that count, whatever the size of pictures and batches.</summary>
    Mean,

    /// <summary>The sum over all pixels that count, as the paper's Caffe networks were trained; it takes learning rates about
    /// 1e-10.</summary>
    Sum,
}
