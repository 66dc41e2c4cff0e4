using System.Collections.Immutable;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Pickling;

/// <summary>A strided view of a storage. The constructor checks that every element is within the storage.</summary>
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

        // Products of two of these fit 128 bits. The product of all sizes may not, so the loop stops when it exceeds the storage.
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

    /// <summary>Index of the first element in the storage.</summary>
    public long Offset { get; }

    public ImmutableArray<int> Sizes { get; }

    /// <summary>Steps from one element to the next along each axis, in elements.</summary>
    public ImmutableArray<long> Strides { get; }

    public int ElementCount { get; }

    /// <summary>Number of storage elements from the first to the last of the view.</summary>
    public int Extent { get; }

    /// <summary>Whether the elements are contiguous in row-major order.</summary>
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

/// <summary>A storage: the numbers in the file that tensors are views of.</summary>
/// <param name="Key">Name of the storage, unique in the file.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record PickleStorage(string Key, ElementType Type, long Count);
