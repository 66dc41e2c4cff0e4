using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>Concatenates several data sets: first all pictures of the first, then all of the second, and so on.</summary>
/// <remarks>
/// Thread-safe if the data sets are. They must have the same class names in the same order, and the same ignored id; the colours are those
/// of the first. A picture name that occurs more than once gets the data set's name as prefix: <c>CamVid train/0001</c>. A data set may
/// be given several times to repeat its pictures.
/// </remarks>
public sealed class CombinedDataset : ISegmentationDataset
{
    private readonly ISegmentationDataset[] parts;
    private readonly int[] starts;
    private readonly string[] names;

    /// <summary>Concatenates data sets; none of their pictures is read.</summary>
    /// <param name="datasets">At least one data set.</param>
    /// <param name="name">Display name of the result; null means the names joined by <c> + </c>.</param>
    /// <exception cref="ArgumentException">There is no data set, or classes or ignored ids differ; the message names the
    /// difference.</exception>
    public CombinedDataset(IEnumerable<ISegmentationDataset> datasets, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(datasets);
        parts = [.. datasets];
        if (parts.Length == 0)
        {
            throw new ArgumentException("There is no data set to combine. Give at least one.", nameof(datasets));
        }

        foreach (var part in parts)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(datasets));
            CheckFits(parts[0], part);
        }

        Name = name ?? string.Join(" + ", parts.Select(part => part.Name));
        starts = [.. parts.Select((_, i) => parts.Take(i).Sum(part => part.Count))];
        names = UniqueNames(parts);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ClassList Classes => parts[0].Classes;

    /// <inheritdoc/>
    public int IgnoreId => parts[0].IgnoreId;

    /// <inheritdoc/>
    public int Count => names.Length;

    /// <inheritdoc/>
    public string NameOf(int index) =>
        names[Guard.InRange(index, 0, names.Length - 1, nameof(index), "Count is the number of pictures.")];

    /// <inheritdoc/>
    public SegmentationSample Load(int index)
    {
        var name = NameOf(index);
        var part = Array.FindLastIndex(starts, start => start <= index);
        return parts[part].Load(index - starts[part]) with { Name = name };
    }

    private static void CheckFits(ISegmentationDataset first, ISegmentationDataset other)
    {
        var (expected, found) = (first.Classes, other.Classes);
        var (firstName, otherName) = (FileText.Shown(first.Name), FileText.Shown(other.Name));
        var shared = Math.Min(expected.Count, found.Count);
        for (var id = 0; id < shared; id++)
        {
            if (expected[id].Name != found[id].Name)
            {
                throw new ArgumentException(Guard.Text(
                    $"Data sets to combine need the same classes, but id {id} is " +
                    $"\"{FileText.Shown(expected[id].Name)}\" in \"{firstName}\" and " +
                    $"\"{FileText.Shown(found[id].Name)}\" in \"{otherName}\". Convert the labels to one class list first."));
            }
        }

        if (expected.Count != found.Count)
        {
            throw new ArgumentException(Guard.Text(
                $"Data sets to combine need the same classes, but \"{firstName}\" has {expected.Count} and \"{otherName}\" " +
                $"has {found.Count}. Convert the labels to one class list first."));
        }

        if (first.IgnoreId != other.IgnoreId)
        {
            throw new ArgumentException(Guard.Text(
                $"Data sets to combine need the same ignored id, but it is {first.IgnoreId} in \"{firstName}\" and {other.IgnoreId} " +
                $"in \"{otherName}\". Convert the labels to one id first."));
        }
    }

    private static string[] UniqueNames(ISegmentationDataset[] parts)
    {
        var all = parts.SelectMany(part => Enumerable.Range(0, part.Count).Select(i => (Part: part.Name, Name: part.NameOf(i)))).ToArray();
        var frequent = all.CountBy(entry => entry.Name).Where(count => count.Value > 1).Select(count => count.Key)
            .ToHashSet(StringComparer.Ordinal);
        var used = all.Select(entry => entry.Name).Where(name => !frequent.Contains(name)).ToHashSet(StringComparer.Ordinal);
        return [.. all.Select(entry => frequent.Contains(entry.Name) ? Unused($"{entry.Part}/{entry.Name}", used) : entry.Name)];
    }

    /// <summary>The name, with a number appended if it is already used.</summary>
    private static string Unused(string name, HashSet<string> used)
    {
        var candidate = name;
        for (var number = 2; !used.Add(candidate); number++)
        {
            candidate = Guard.Text($"{name} ({number})");
        }

        return candidate;
    }
}
