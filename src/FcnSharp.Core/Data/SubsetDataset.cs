using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>A subset of a data set's pictures, in a given order. Thread-safe if the data set is.</summary>
public sealed class SubsetDataset : ISegmentationDataset
{
    private readonly ISegmentationDataset whole;
    private readonly int[] indices;

    /// <summary>Selects pictures; none of them is read.</summary>
    /// <param name="whole">The data set.</param>
    /// <param name="indices">Indices of the pictures, from 0; an index may occur several times.</param>
    /// <param name="name">Display name of the subset; null means the data set's name and <c>, part</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public SubsetDataset(ISegmentationDataset whole, IEnumerable<int> indices, string? name = null)
    {
        this.whole = Guard.NotNull(whole);
        this.indices = [.. Guard.NotNull(indices)];
        foreach (var index in this.indices)
        {
            Guard.InRange(index, 0, whole.Count - 1, nameof(indices), "Count is the number of pictures.");
        }

        Name = name ?? $"{whole.Name}, part";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ClassList Classes => whole.Classes;

    /// <inheritdoc/>
    public int IgnoreId => whole.IgnoreId;

    /// <inheritdoc/>
    public int Count => indices.Length;

    /// <inheritdoc/>
    public string NameOf(int index) => whole.NameOf(IndexOf(index));

    /// <inheritdoc/>
    public SegmentationSample Load(int index) => whole.Load(IndexOf(index));

    /// <summary>Splits a data set at random into two parts, deterministically for a seed. Pictures of one group, such as the similar frames
    /// of one video, stay together: otherwise validation scores would be too high.</summary>
    /// <param name="whole">The data set.</param>
    /// <param name="validationShare">Share of the pictures for validation, above 0 and below 1. Each part gets at least one group.</param>
    /// <param name="seed">Seed of the random choice. The default is 1.</param>
    /// <param name="groupOf">Returns the group of a picture from its name; null means that every picture is a separate group.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups.</exception>
    public static (SubsetDataset Training, SubsetDataset Validation) Split(
        ISegmentationDataset whole, double validationShare, int seed = 1, Func<string, string>? groupOf = null)
    {
        ArgumentNullException.ThrowIfNull(whole);
        Guard.InRange(validationShare, double.Epsilon, Math.BitDecrement(1.0), nameof(validationShare), "0.2 keeps a fifth.");
        var groups = Enumerable.Range(0, whole.Count)
            .GroupBy(index => groupOf?.Invoke(whole.NameOf(index)) ?? Guard.Text($"{index}"), StringComparer.Ordinal)
            .Select(group => group.ToArray()).ToArray();
        if (groups.Length < 2)
        {
            throw new ArgumentException(
                $"\"{FileText.Shown(whole.Name)}\" has {whole.Count} pictures in {groups.Length} groups, but at least two groups are " +
                "needed, one for training and one for validation. Add pictures, or divide them into more groups.", nameof(whole));
        }

        new Random(seed).Shuffle(groups);
        var (kept, wanted) = (new List<int>(), validationShare * whole.Count);
        var taken = 0;
        while (taken == 0 || (taken < groups.Length - 1 && kept.Count + (groups[taken].Length / 2.0) <= wanted))
        {
            kept.AddRange(groups[taken++]);
        }

        return (
            new SubsetDataset(whole, groups.Skip(taken).SelectMany(group => group).Order(), $"{whole.Name}, training part"),
            new SubsetDataset(whole, kept.Order(), $"{whole.Name}, validation part"));
    }

    private int IndexOf(int index) =>
        indices[Guard.InRange(index, 0, indices.Length - 1, nameof(index), "Count is the number of pictures.")];
}
