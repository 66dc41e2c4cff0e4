namespace FcnSharp.Weights.Pickling;

/// <summary>What a name in a pickle stands for.</summary>
internal enum PickleFunctionKind
{
    /// <summary>Makes a dictionary.</summary>
    Dict,

    /// <summary>Makes a list, tuple or set of what it is given.</summary>
    Sequence,

    /// <summary>Makes a view of a storage.</summary>
    Tensor,

    /// <summary>Gives the tensor that it is given.</summary>
    Parameter,

    /// <summary>Makes a number of numpy's, such as a trainer's best score; it is passed over, and stands as an empty dictionary.</summary>
    Number,

    /// <summary>The type of a storage.</summary>
    Storage,
}
