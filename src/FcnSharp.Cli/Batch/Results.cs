using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>The result files of a run.</summary>
/// <param name="output">The folder for results, or null for results beside each picture.</param>
/// <param name="kinds">The kinds of results for each picture; at least one.</param>
internal sealed class Results(string? output, IReadOnlyList<ResultKind> kinds)
{
    private readonly string? root = output is null ? null : Path.GetFullPath(output);

    public IReadOnlyList<ResultKind> Kinds => kinds;

    /// <summary>Whether a result can have this full path, judged by its folder.</summary>
    public bool MayReplace(string path) =>
        root is null || path.StartsWith(
            Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);

    /// <summary>The full paths of a picture's results.</summary>
    public IEnumerable<string> PathsOf(PictureJob job) => kinds.Select(kind => PathOf(job, kind));

    public string PathOf(PictureJob job, ResultKind kind) => Path.GetFullPath(Path.Combine(root ?? "", job.Name + kind.Suffix));

    /// <summary>The files of one picture, for display: <c>out/street-{overlay.png,labels.png}</c>.</summary>
    public string Describe(PictureJob job)
    {
        var paths = PathsOf(job).Select(path => Path.GetRelativePath(Environment.CurrentDirectory, path)).ToList();
        var start = Path.GetRelativePath(Environment.CurrentDirectory, Path.GetFullPath(Path.Combine(root ?? "", job.Name)));
        return paths.Count == 1 ? paths[0] : $"{start}{{{string.Join(',', kinds.Select(kind => kind.Suffix))}}}";
    }
}

/// <summary>A kind of result.</summary>
/// <param name="Suffix">The end of the file name.</param>
/// <param name="Write">Encodes the result.</param>
internal sealed record ResultKind(string Suffix, Action<Segmentation, Stream> Write);
