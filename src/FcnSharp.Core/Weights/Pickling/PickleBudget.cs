using FcnSharp.Support;

namespace FcnSharp.Weights.Pickling;

/// <summary>What reading a pickle may cost. Every operation that makes, copies or hashes something is charged, so that a short pickle
/// cannot ask for much by using one value again and again.</summary>
/// <param name="pickleBytes">Length of the pickles, in bytes.</param>
internal sealed class PickleBudget(int pickleBytes)
{
    /// <summary>The most objects that are made.</summary>
    public const int MaxObjects = 200_000;

    private const int MaxWorkForEachByte = 8;
    private const int MinWork = 1 << 16;

    private readonly long maxWork = MinWork + (MaxWorkForEachByte * (long)pickleBytes);
    private long objects;
    private long work;

    /// <summary>Charges values that are made, and references to them that are copied.</summary>
    /// <exception cref="ContentException">There are too many.</exception>
    public void Objects(long count)
    {
        objects += count;
        if (objects > MaxObjects)
        {
            throw new ContentException($"the pickle makes more than {MaxObjects} objects, which no state dict does.");
        }
    }

    /// <summary>Charges bytes or letters that are copied or hashed.</summary>
    /// <exception cref="ContentException">There are too many for the length of the pickle.</exception>
    public void Work(long count)
    {
        work += count;
        if (work > maxWork)
        {
            throw new ContentException($"the pickle uses its texts too often: it has {pickleBytes} bytes and copies and hashes more than " +
                $"{maxWork}, which no state dict needs.");
        }
    }
}
