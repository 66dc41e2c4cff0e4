using FcnSharp.Support;

namespace FcnSharp.Tensors;

/// <summary>Checks the tensor names of a file: at most <see cref="MaxCount"/>, short, printable and unique.</summary>
internal sealed class TensorNames
{
    /// <summary>The largest number of tensors in a file; networks of this library have about a hundred.</summary>
    public const int MaxCount = 10_000;

    private const int MaxLength = 256;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <exception cref="ContentException">The name is empty, too long, not printable or a duplicate, or there are too many
    /// names.</exception>
    public void Add(string name)
    {
        if (name.Length is 0 or > MaxLength || !name.All(FileText.IsPrintable))
        {
            throw new ContentException($"a tensor is called \"{FileText.Shown(name)}\", where a name of 1 to {MaxLength} printable " +
                "characters is expected.", "Rename it.");
        }

        if (!names.Add(name))
        {
            throw new ContentException($"tensor {FileText.Shown(name)} is listed twice.");
        }

        if (names.Count > MaxCount)
        {
            throw new ContentException($"there are more than {MaxCount} tensors, which no network of this library has.");
        }
    }
}
