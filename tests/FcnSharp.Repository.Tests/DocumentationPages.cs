using System.Text.RegularExpressions;

namespace FcnSharp.RepositoryTests;

/// <summary>The pages that people read: README, the site's and those of the packages. Paths are relative to the repository, with forward
/// slashes.</summary>
internal static partial class DocumentationPages
{
    /// <summary>Pages of the site that lie beside the README.</summary>
    private static readonly string[] Project =
        ["CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "SECURITY.md", "THIRD-PARTY-NOTICES.md"];

    /// <summary>The README and the pages of docs.</summary>
    public static IReadOnlyList<string> Guides { get; } =
    [
        .. Directory.GetFiles(Repository.At("docs"), "*.md", SearchOption.AllDirectories)
            .Select(page => Path.GetRelativePath(Repository.Root, page).Replace('\\', '/'))
            .Append("README.md").Order(StringComparer.Ordinal),
    ];

    /// <summary>The pages that packages carry.</summary>
    public static IReadOnlyList<string> OfPackages { get; } =
        [.. Directory.GetDirectories(Repository.At("src")).Select(folder => $"src/{Path.GetFileName(folder)}/README.md").Order()];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Guides, .. OfPackages, .. Project];

    /// <summary>The text of a page or script, with line feeds alone.</summary>
    public static string Read(string page) => File.ReadAllText(Repository.At(page)).ReplaceLineEndings("\n");

    /// <summary>The contents of a page's fenced blocks in one of these languages; "" is a block without one.</summary>
    public static IEnumerable<string> BlocksOf(string page, params string[] languages) =>
        Block().Matches(Read(page))
            .Where(block => languages.Contains(block.Groups["language"].Value))
            .Select(block => block.Groups["text"].Value);

    /// <summary>A page without its fenced blocks.</summary>
    public static string ProseOf(string page) => Block().Replace(Read(page), "");

    /// <summary>What a page links to and shows, in Markdown and in HTML, but for other sites.</summary>
    public static IEnumerable<string> LinksOf(string page) =>
        Link().Matches(ProseOf(page))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of a page: its headings as GitHub and docfx turn them into ids.</summary>
    public static IEnumerable<string> AnchorsOf(string page) =>
        Heading().Matches(ProseOf(page))
            .Select(match => NoPartOfAnId().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex("""(?:\]\(|(?:href|src)=")(?<target>[^)"\s]+)[)"]""")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^``` *$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoPartOfAnId();
}
