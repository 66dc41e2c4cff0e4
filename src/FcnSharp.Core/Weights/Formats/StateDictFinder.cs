using System.Collections.Immutable;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights.Pickling;

namespace FcnSharp.Weights.Formats;

/// <summary>Finds the state dict in a pickled object: at the top level, or in an entry with one of the usual names.</summary>
internal static class StateDictFinder
{
    private const int MaxNesting = 4;

    /// <summary>The usual names of the entry that holds the tensors.</summary>
    public static ImmutableArray<string> Wrappers { get; } = ["state_dict", "model_state_dict", "model_state", "model"];

    /// <exception cref="ContentException">There are no tensors at the top level or under a usual name.</exception>
    public static CheckpointContents Find(object? root, CheckpointFormat format, Func<NamedView, StoredTensor> toStored)
    {
        if (root is not PickleDict dict)
        {
            throw new ContentException($"the file holds {PickleMachine.Describe(root)}, not a state dict.",
                "In Python, torch.save the model's state_dict().");
        }

        var path = new List<string>();
        var visited = new HashSet<PickleDict> { dict };
        var ignored = new List<string>();
        while (path.Count < MaxNesting && Wrappers.FirstOrDefault(name => dict[name] is PickleDict) is { } wrapper)
        {
            ignored.AddRange(dict.Keys.Where(key => key != wrapper).Select(key => Place(path, key)));
            path.Add(wrapper);
            dict = (PickleDict)dict[wrapper]!;
            if (!visited.Add(dict))
            {
                throw new ContentException($"{string.Join('.', path)} contains itself, so it is not a state dict that torch.save wrote.");
            }
        }

        var names = new TensorNames();
        var tensors = ImmutableArray.CreateBuilder<StoredTensor>();
        foreach (var key in dict.Keys)
        {
            if (dict[key] is PickleTensor view)
            {
                names.Add(key);
                tensors.Add(toStored(new NamedView(key, view)));
            }
            else
            {
                ignored.Add(Place(path, key));
            }
        }

        return tensors.Count > 0
            ? new CheckpointContents(
                format, tensors.ToImmutable(), ImmutableDictionary<string, string>.Empty, string.Join('.', path), [.. ignored])
            : throw new ContentException(
                $"no tensors were found at the top level or under {string.Join(", ", Wrappers)}; the entries " +
                $"are {FileText.Shown(string.Join(", ", dict.Keys.Take(5).DefaultIfEmpty("none")))}.",
                "In Python, torch.save the model's state_dict().");
    }

    private static string Place(List<string> path, string key) => string.Join('.', path.Append(FileText.Shown(key)));
}
