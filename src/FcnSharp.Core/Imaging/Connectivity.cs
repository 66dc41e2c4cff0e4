namespace FcnSharp.Imaging;

/// <summary>Defines which pixels of one class are connected.</summary>
public enum Connectivity
{
    /// <summary>Pixels that share an edge.</summary>
    Four,

    /// <summary>Pixels that share an edge or a corner.</summary>
    Eight,
}
