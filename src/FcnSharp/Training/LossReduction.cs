namespace FcnSharp.Training;

/// <summary>The reduction of the losses of pixels to one number. The learning rate depends on the choice: a sum is larger than a mean by
/// a factor of the number of pixels.</summary>
public enum LossReduction
{
    /// <summary>The mean over all labelled pixels, independent of the size of pictures and batches.</summary>
    Mean,

    /// <summary>The sum over all labelled pixels, as in the training of the paper's Caffe networks; it needs learning rates of about
    /// 1e-10.</summary>
    Sum,
}
