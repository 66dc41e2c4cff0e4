using System.Collections.Immutable;
using FcnSharp.Tensors;
using FcnSharp.Weights.Pickling;

namespace FcnSharp.Weights.Formats;

/// <summary>A tensor of a pickle, with its name.</summary>
internal sealed record NamedView(string Name, PickleTensor View)
{
    /// <summary>The tensor as an entry of a checkpoint.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="locate">Returns the offset of the view's storage in the file, in bytes; called when the tensor is read.</param>
    public StoredTensor ToStored(Stream stream, Func<long> locate) =>
        new(
            Name, View.Storage.Type, View.Sizes, Math.Max(View.Extent, View.ElementCount) * ElementSize,
            values => Read(stream, locate(), values));

    private long ElementSize => View.Storage.Type.Size();

    private void Read(Stream stream, long storageStart, Span<float> values)
    {
        var type = View.Storage.Type;
        stream.Position = storageStart + (View.Offset * ElementSize);
        if (View.IsContiguous)
        {
            ElementReader.Read(stream, type, values);
            return;
        }

        var stored = new float[View.Extent];
        ElementReader.Read(stream, type, stored);
        Gather(stored, values, View.Sizes, View.Strides);
    }

    /// <summary>Copies strided elements into row-major order.</summary>
    private static void Gather(float[] stored, Span<float> values, ImmutableArray<int> sizes, ImmutableArray<long> strides)
    {
        var index = new int[sizes.Length];
        var at = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = stored[at];
            for (var axis = sizes.Length - 1; axis >= 0; axis--)
            {
                at += strides[axis];
                if (++index[axis] < sizes[axis])
                {
                    break;
                }

                at -= strides[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
    }
}
