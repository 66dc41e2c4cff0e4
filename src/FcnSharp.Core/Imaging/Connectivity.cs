namespace FcnSharp.Imaging;

/// <summary>Which pixels of one class touch.</summary>
public enum Connectivity
{
    /// <summary>Those that share an edge.</summary>
    Four,

    /// <summary>Those that share an edge or a corner.</summary>
    Eight,
}
