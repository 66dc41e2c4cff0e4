using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FcnSharp.RepositoryTests;

/// <summary>Compares the arrows in docs/reference/architecture.md, which room may use which, with the code. A room may always use
/// itself.</summary>
public partial class LayeringTests
{
    private static readonly Dictionary<string, string[]> ProjectReferences = new(StringComparer.Ordinal)
    {
        ["FcnSharp.Core"] = [],
        ["FcnSharp"] = ["FcnSharp.Core"],
        ["FcnSharp.StreetScenes"] = ["FcnSharp.Core"],
        ["FcnSharp.ImageSharp"] = ["FcnSharp.Core"],
        ["FcnSharp.Cli"] = ["FcnSharp.Core", "FcnSharp.StreetScenes"],
    };

    private static readonly Lazy<RoomGraph[]> Graphs = new(() => [.. ProjectReferences.Keys.Select(project => new RoomGraph(
        project,
        Sources(project).Select(source => ($"{project}/{source.File}", source.Text)),
        EntryPoints(),
        Repository.At("src", project, "bin", Repository.Configuration, "net10.0")))]);

    [Fact]
    public void Rooms_UseWhatTheArrowsSayAndNothingElse()
    {
        var arrows = Arrows();
        var uses = Graphs.Value.SelectMany(graph => graph.UsesOfWholeRooms).ToDictionary();

        Assert.Empty(uses.Where(use => !arrows.Contains(use.Key)).Select(use => $"{use.Value}: {use.Key.From} uses {use.Key.To}"));
        Assert.Empty(arrows.Where(arrow => !uses.ContainsKey(arrow)).Select(arrow => $"{arrow.From} uses nothing of {arrow.To}"));
    }

    [Fact]
    public void Arrows_OfTheList_LeadToRoomsThatStandBefore()
    {
        var rooms = Arrow().Matches(Page()).Select(line => line.Groups["from"].Value).ToList();

        Assert.All(Arrows(), arrow => Assert.InRange(rooms.IndexOf(arrow.To), 0, rooms.IndexOf(arrow.From) - 1));
    }

    [Fact]
    public void Picture_OfTheRooms_ShowsThoseOfTheList()
    {
        var shown = XDocument.Load(Repository.At("docs", "images", "rooms.svg")).Descendants()
            .Where(element => element.Name.LocalName == "text" && element.Attribute("class") is null).Select(text => text.Value);

        Assert.Equal(Arrow().Matches(Page()).Select(line => line.Groups["from"].Value).Order(StringComparer.Ordinal),
            shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rooms_InsideOfOne_NeverTurnBack() => Assert.Empty(Graphs.Value.SelectMany(graph => graph.UsesOnCycles));

    [Fact]
    public void Names_OfTheSources_AreAllUnderstood() => Assert.Empty(Graphs.Value.SelectMany(graph => graph.Unresolved));

    [Fact]
    public void Projects_References_FollowTheArrows()
    {
        foreach (var project in Directory.GetDirectories(Repository.At("src")))
        {
            var name = Path.GetFileName(project);
            var references = Included(name, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

            Assert.Contains(name, ProjectReferences.Keys);
            Assert.All(references, reference => Assert.Contains(reference, ProjectReferences[name]));
        }
    }

    [Fact]
    public void Packages_SeeNoInternalsOfOneAnother() => Assert.All(ProjectReferences.Keys, project =>
        Assert.Empty(Included(project, "InternalsVisibleTo").Intersect(ProjectReferences.Keys)));

    [Fact]
    public void Packages_OfTorch_AreFcnSharpsAloneAndNoBackend()
    {
        Assert.DoesNotContain(PackagesOf("FcnSharp.Core"), IsTorch);
        Assert.DoesNotContain(PackagesOf("FcnSharp.StreetScenes"), IsTorch);
        Assert.Equal(["TorchSharp"], PackagesOf("FcnSharp").Where(IsTorch));

        static bool IsTorch(string package) => package.Contains("torch", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Namespaces_FollowFoldersAndBelongToOneAssembly()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (project, file, text) in Sources("FcnSharp.Core").Concat(Sources("FcnSharp")).Concat(Sources("FcnSharp.StreetScenes")))
        {
            if (Namespace().Match(text) is not { Success: true } match)
            {
                continue;
            }

            var folder = Path.GetDirectoryName(file)!.Replace('\\', '.').Replace('/', '.');
            Assert.Equal(folder.Length == 0 ? "FcnSharp" : $"FcnSharp.{folder}", match.Groups[1].Value);
            Assert.Equal(
                project, owners.TryGetValue(match.Groups[1].Value, out var owner) ? owner : owners[match.Groups[1].Value] = project);
        }

        Assert.NotEmpty(owners);
    }

    private static IEnumerable<string> PackagesOf(string project) => Included(project, "PackageReference");

    private static IEnumerable<string> Included(string project, string item) =>
        XDocument.Load(Repository.At("src", project, $"{project}.csproj")).Descendants(item)
            .Select(element => element.Attribute("Include")!.Value);

    private static string Page() => File.ReadAllText(Repository.At("docs", "reference", "architecture.md")).ReplaceLineEndings("\n");

    private static HashSet<(string From, string To)> Arrows() =>
    [
        .. from line in Arrow().Matches(Page())
           from to in line.Groups["to"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)
           select (line.Groups["from"].Value, to),
    ];

    private static HashSet<string> EntryPoints() => [.. EntryPoint().Matches(Page()).Select(line => line.Groups["type"].Value)];

    private static IEnumerable<(string Project, string File, string Text)> Sources(string project) =>
        Repository.SourceFiles(Repository.At("src", project))
            .Select(file => (project, file, File.ReadAllText(Repository.At("src", project, file))));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    /// <summary>A line of the other list: <c>Networks.FcnNetwork</c>.</summary>
    [GeneratedRegex(@"^(?<type>\w+(\.\w+)+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex EntryPoint();

    /// <summary>A line of the list: <c>Networks -> Imaging, Support</c>.</summary>
    [GeneratedRegex(@"^(?<from>\w+) +->(?: (?<to>\w+(?:, \w+)*))?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Arrow();
}
