namespace FcnSharp.Models;

/// <summary>What dropout sets to zero after fc6 and fc7, in training.</summary>
public enum DropoutKind
{
    /// <summary>Single values, as in the published Caffe networks.</summary>
    Element,

    /// <summary>Whole channels, as in the blog post's network (Dropout2d).</summary>
    Channel,
}
