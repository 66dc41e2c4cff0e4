namespace FcnSharp.Weights;

/// <summary>In which order a checkpoint's first convolution expects the colour channels.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue: as this library's pictures have them.</summary>
    Rgb,

    /// <summary>Blue, green, red: as Caffe and OpenCV have them. The first convolution is flipped once, when it is loaded.</summary>
    Bgr,
}
