namespace FcnSharp.Weights;

/// <summary>The order in which a checkpoint's first convolution expects the colour channels.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue, as in this library's pictures.</summary>
    Rgb,

    /// <summary>Blue, green, red, as in Caffe and OpenCV. Loading flips the channels of the first convolution once.</summary>
    Bgr,
}
