using System.IO.Enumeration;

namespace FcnSharp.Cli.Batch;

/// <summary>A path with wildcards: <c>*</c> and <c>?</c> within a name, <c>**</c> for any number of folders. Case is
/// ignored.</summary>
internal sealed class GlobPattern
{
    private const string AnyFolders = "**";

    private readonly string[] parts;

    public GlobPattern(string pattern)
    {
        var names = pattern.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar]);
        var literal = names.TakeWhile(name => !IsPattern(name)).Count();
        Root = RootOf(names.AsSpan(0, literal), OperatingSystem.IsWindows());
        parts = names[literal..];
    }

    /// <summary>The folder before the first wildcard.</summary>
    public string Root { get; }

    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>The folder of a path's names. The name of a drive means its root folder, not its current folder.</summary>
    /// <param name="names">The names before the first wildcard.</param>
    /// <param name="hasDrives">Whether <c>C:</c> names a drive.</param>
    internal static string RootOf(ReadOnlySpan<string> names, bool hasDrives) => names switch
    {
        [] => ".",
        [""] => Path.DirectorySeparatorChar.ToString(),
        [[_, ':'] drive] when hasDrives => drive + Path.DirectorySeparatorChar,
        _ => string.Join(Path.DirectorySeparatorChar, names),
    };

    /// <summary>The files that match, in the order of <see cref="FolderWalk"/>.</summary>
    public IEnumerable<string> Files(string? except)
    {
        var depth = parts.Contains(AnyFolders, StringComparer.Ordinal) ? int.MaxValue : parts.Length;
        return FolderWalk.Files(Root, except, depth)
            .Where(file => Matches(parts, Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)));
    }

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> names)
    {
        if (pattern is [AnyFolders, .. var rest])
        {
            return Matches(rest, names) || (names is [_, .. var deeper] && Matches(pattern, deeper));
        }

        return pattern is [var part, .. var parts] && names is [var name, .. var others]
            ? FileSystemName.MatchesSimpleExpression(part, name) && Matches(parts, others)
            : pattern.IsEmpty && names.IsEmpty;
    }
}
