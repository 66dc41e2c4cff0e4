namespace FcnSharp.Models;

/// <summary>The kind of dropout after fc6 and fc7, in training.</summary>
public enum DropoutKind
{
    /// <summary>Single values are set to zero, as in the published Caffe networks.</summary>
    Element,

    /// <summary>Whole channels are set to zero, as in the blog post's network (Dropout2d).</summary>
    Channel,
}
