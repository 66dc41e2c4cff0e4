namespace FcnSharp.Training;

/// <summary>The update rule of the weights.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum, as in the paper.</summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter, 2019): less sensitive to the learning rate and to the loss's
    /// scale.</summary>
    AdamW,
}
