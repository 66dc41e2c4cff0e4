using FcnSharp.Support;

namespace FcnSharp.Weights.Pickling;

/// <summary>Limits the cost of reading a pickle. Every operation that creates, copies or hashes a value is charged, so that a short pickle
/// cannot cause much work by reusing one value.</summary>
/// <param name="pickleBytes">Length of the pickles, in bytes.</param>
internal sealed class PickleBudget(int pickleBytes)
{
    /// <summary>The largest number of objects that are created.</summary>
    public const int MaxObjects = 200_000;

    private const int MaxWorkForEachByte = 8;
    private const int MinWork = 1 << 16;

    private readonly long maxWork = MinWork + (MaxWorkForEachByte * (long)pickleBytes);
    private long objects;
    private long work;

    /// <summary>Charges values that are created and references that are copied.</summary>
    /// <exception cref="ContentException">There are too many.</exception>
    public void Objects(long count)
    {
        objects += count;
        if (objects > MaxObjects)
        {
            throw new ContentException($"the pickle makes more than {MaxObjects} objects, which no state dict does.");
        }
    }

    /// <summary>Charges bytes or characters that are copied or hashed.</summary>
    /// <exception cref="ContentException">There are too many for the length of the pickle.</exception>
    public void Work(long count)
    {
        work += count;
        if (work > maxWork)
        {
            throw new ContentException($"the pickle uses its strings too often: it has {pickleBytes} bytes and copies and hashes more " +
            $"than {maxWork}, which no state dict needs.");
        }
    }
}
