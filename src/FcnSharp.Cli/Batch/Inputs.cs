using FcnSharp.Cli.Terminal;
using FcnSharp.Support;

namespace FcnSharp.Cli.Batch;

/// <summary>Interprets the inputs of a command line.</summary>
/// <param name="output">The folder for results, or null for results beside each picture.</param>
/// <param name="options">The options of the command, for suggestions.</param>
internal sealed class Inputs(string? output, IEnumerable<string> options)
{
    /// <summary>The maximum length of a path in characters, on Windows and Linux.</summary>
    private const int LongestPath = 32_768;

    private const int MostPaths = 10_000_000;

    private readonly string? outputPath = output is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));

    public InputSource Argument(string given) =>
        Directory.Exists(given) ? Folder(given)
        : File.Exists(given) ? new InputSource(given, [SinglePicture(given)], IsSearched: false)
        : GlobPattern.IsPattern(given) ? Pattern(given)
        : throw new UsageException($"{given}: no such file or folder.{Hint(given)}");

    /// <summary>Reads a file with a path on each line. It is read once, since it may be a pipe.</summary>
    public InputSource List(string file)
    {
        var paths = file == "-" ? Paths(Console.In, "standard input") : PathsIn(file);
        return new InputSource(file, paths.Select(Listed), IsSearched: false);
    }

    private InputSource Folder(string folder)
    {
        CheckSearched(folder, folder);
        return Searched(folder, folder, FolderWalk.Files(folder, outputPath));
    }

    private InputSource Pattern(string pattern)
    {
        var glob = new GlobPattern(pattern);
        if (!Directory.Exists(glob.Root))
        {
            throw new UsageException($"{pattern}: there is no folder {glob.Root}.");
        }

        CheckSearched(pattern, glob.Root);
        return Searched(pattern, glob.Root, glob.Files(outputPath));
    }

    private static InputSource Searched(string given, string root, IEnumerable<string> files) => new(
        given,
        files.Where(file => PictureFiles.IsPicture(file) || PictureFiles.IsOtherPicture(file) || PictureFiles.IsVideo(file))
            .Select(file => PictureFiles.Below(root, file)),
        IsSearched: true);

    private PictureJob SinglePicture(string file) =>
        new(file, output is null ? Path.ChangeExtension(Path.GetFullPath(file), null) : Path.GetFileNameWithoutExtension(file));

    /// <summary>The name of results: a relative path keeps its folders; of other paths, only the file name is used.</summary>
    private PictureJob Listed(string path)
    {
        if (PictureFiles.IsVideo(path))
        {
            throw new UsageException($"{path}: is a video, which no list of pictures can have. Give it by itself: fcn segment {path}");
        }

        if (output is null || Path.IsPathRooted(path))
        {
            return SinglePicture(path);
        }

        var job = PictureFiles.Below(Environment.CurrentDirectory, Path.GetFullPath(path)) with { Picture = path };
        return job.Name.StartsWith("../", StringComparison.Ordinal) ? SinglePicture(path) : job;
    }

    /// <summary>Refuses an output folder in which the next run would find results as pictures.</summary>
    private void CheckSearched(string given, string folder)
    {
        if (outputPath is null)
        {
            throw new UsageException($"{given}: say where the results of a folder or pattern go: -o DIR.");
        }

        if (string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), outputPath, StringComparison.Ordinal))
        {
            throw new UsageException($"{given}: " +
                "-o names the folder that is searched, so results would be taken for pictures the next time. Name another folder.");
        }
    }

    private string Hint(string given) => given switch
    {
        ['-', ..] => $" No option is called so either.{Suggestion.For(given, options)} See \"fcn segment --help\".",
        ['@', .. var list] => $" A list of pictures is given as --list {list}.",
        _ => "",
    };

    private static List<string> PathsIn(string file)
    {
        if (Directory.Exists(file))
        {
            throw new UsageException($"{file}: is a folder, not a list. Leave out --list to segment the pictures in it.");
        }

        if (!Path.Exists(file))
        {
            throw new UsageException($"{file}: no such list.");
        }

        using var reader = new StreamReader(file);
        return Paths(reader, file);
    }

    private static List<string> Paths(TextReader reader, string name) =>
    [
        .. TextLines.Read(reader, LongestPath, MostPaths, reason => new UsageException(FileText.Message(name, reason)))
            .Select(line => line.Text).Where(path => path.Length > 0),
    ];
}

/// <summary>An input of the command line: a file, a folder, a pattern or a list.</summary>
/// <param name="Given">As the user wrote it.</param>
/// <param name="Pictures">Finds the pictures; in a folder or pattern also pictures in unsupported formats, and videos.</param>
/// <param name="IsSearched">Whether pictures are searched by their extensions, so that finding none is an error.</param>
internal sealed record InputSource(string Given, IEnumerable<PictureJob> Pictures, bool IsSearched);

/// <summary>A picture to segment.</summary>
/// <param name="Picture">The path of the file, as the user would write it.</param>
/// <param name="Name">The beginning of the paths of its results, below the folder for results: <c>trees/oak</c> for
/// <c>trees/oak-labels.png</c>.</param>
internal readonly record struct PictureJob(string Picture, string Name);
