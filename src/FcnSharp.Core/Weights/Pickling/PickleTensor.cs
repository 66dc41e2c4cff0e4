using System.Collections.Immutable;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Pickling;

/// <summary>A view of a storage: which of its numbers make a tensor. Checked when it is made; every element lies within the
/// storage.</summary>
internal sealed class PickleTensor
{
    /// <exception cref="ContentException">The view does not fit its storage.</exception>
    public PickleTensor(PickleStorage storage, long offset, ImmutableArray<long> sizes, ImmutableArray<long> strides)
    {
        if (offset < 0 || sizes.Length != strides.Length
            || sizes.Any(size => size is < 0 or > int.MaxValue) || strides.Any(stride => stride < 0))
        {
            throw Refuse(storage, offset, sizes, strides);
        }

        // In 128 bits no product of these overflows: all the sizes together would, so it stops beyond the storage.
        Int128 count = 1, last = 0;
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            count *= sizes[axis];
            last += (Int128)Math.Max(0, sizes[axis] - 1) * strides[axis];
            if (count > storage.Count)
            {
                throw Refuse(storage, offset, sizes, strides);
            }
        }

        if ((Int128)offset + (count == 0 ? 0 : last + 1) > storage.Count || count > Array.MaxLength || last >= Array.MaxLength)
        {
            throw Refuse(storage, offset, sizes, strides);
        }

        (Storage, Offset, Sizes, Strides) = (storage, offset, [.. sizes.Select(size => (int)size)], strides);
        (ElementCount, Extent) = ((int)count, count == 0 ? 0 : (int)last + 1);
        IsContiguous = count == 0 || HasRowMajorStrides();
    }

    public PickleStorage Storage { get; }

    /// <summary>The first element's place in the storage.</summary>
    public long Offset { get; }

    public ImmutableArray<int> Sizes { get; }

    /// <summary>From one element to the next along each axis, in elements.</summary>
    public ImmutableArray<long> Strides { get; }

    public int ElementCount { get; }

    /// <summary>Elements of the storage from the first to the last of the view.</summary>
    public int Extent { get; }

    /// <summary>Whether the elements lie side by side in row-major order.</summary>
    public bool IsContiguous { get; }

    private static ContentException Refuse(PickleStorage storage, long offset, ImmutableArray<long> sizes, ImmutableArray<long> strides) =>
        new($"a tensor of sizes {FileText.Shape(sizes)}, strides {FileText.Shape(strides)} and offset {offset} does not fit its " +
            $"storage of {storage.Count} numbers.");

    private bool HasRowMajorStrides()
    {
        var expected = 1L;
        for (var axis = Sizes.Length - 1; axis >= 0; axis--)
        {
            if (Sizes[axis] != 1 && Strides[axis] != expected)
            {
                return false;
            }

            expected *= Sizes[axis];
        }

        return true;
    }
}

/// <summary>Numbers in the file that tensors are views of.</summary>
/// <param name="Key">Its name among the file's storages.</param>
/// <param name="Type">Type of the numbers.</param>
/// <param name="Count">How many there are.</param>
internal sealed record PickleStorage(string Key, ElementType Type, long Count);
