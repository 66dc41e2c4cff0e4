using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FcnSharp.RepositoryTests;

/// <summary>The drawing in docs/architecture.md, held to: which room may use which. A room may always use itself.</summary>
public partial class LayeringTests
{
    private static readonly Dictionary<string, string[]> Core = new(StringComparer.Ordinal)
    {
        ["Support"] = [],
        ["Imaging"] = ["Support"],
        ["Networks"] = ["Imaging", "Support"],
        ["Weights"] = ["Networks", "Imaging", "Support"],
        ["Engine"] = ["Networks", "Imaging", "Support"],
        ["Prediction"] = ["Engine", "Weights", "Networks", "Imaging", "Support"],
        ["Data"] = ["Imaging", "Support"],
        ["Evaluation"] = ["Prediction", "Data", "Networks", "Imaging", "Support"],
    };

    private static readonly Dictionary<string, string[]> Torch = new(StringComparer.Ordinal)
    {
        ["Runtime"] = [],
        ["Models"] = ["Runtime", "Networks", "Imaging"],
        ["Torch"] = ["Models", "Runtime", "Engine", "Networks", "Imaging"],
        ["Training"] = ["Torch", "Models", "Runtime", "Data", "Evaluation", "Prediction", "Engine", "Networks", "Imaging", "Support"],
    };

    private static readonly Dictionary<string, string[]> ProjectReferences = new(StringComparer.Ordinal)
    {
        ["FcnSharp.Core"] = [],
        ["FcnSharp"] = ["FcnSharp.Core"],
        ["FcnSharp.StreetScenes"] = ["FcnSharp.Core"],
        ["FcnSharp.Cli"] = ["FcnSharp.Core", "FcnSharp.StreetScenes"],
    };

    [Fact]
    public void Core_UsesOfRooms_FollowTheArrows() => Assert.NotEqual(0, AssertArrows("FcnSharp.Core", Core));

    [Fact]
    public void FcnSharp_UsesOfRooms_FollowTheArrows() => AssertArrows("FcnSharp", Torch);

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

    private static int AssertArrows(string project, Dictionary<string, string[]> arrows)
    {
        var uses = 0;
        foreach (var (_, file, text) in Sources(project)
            .Where(source => source.File.Contains('/') && !source.File.StartsWith("buildTransitive", StringComparison.Ordinal)))
        {
            var room = file[..file.IndexOf('/')];
            Assert.True(arrows.ContainsKey(room), $"{project}/{file}: {room} is no room of docs/architecture.md");
            foreach (var used in RoomUse().Matches(text).Select(match => match.Groups[1].Value).Where(used => used != room))
            {
                Assert.True(arrows[room].Contains(used), $"{project}/{file} uses FcnSharp.{used}, which the room {room} may not");
                uses++;
            }
        }

        return uses;
    }

    private static IEnumerable<(string Project, string File, string Text)> Sources(string project) =>
        Repository.SourceFiles(Repository.At("src", project))
            .Select(file => (project, file, File.ReadAllText(Repository.At("src", project, file))));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    /// <summary>A using-directive or a full name: <c>using FcnSharp.Imaging;</c>, <c>FcnSharp.Imaging.RgbImage</c>.</summary>
    [GeneratedRegex(@"(?:^using (?:static )?|[^\w.])FcnSharp\.([A-Z]\w+)[.;]", RegexOptions.Multiline)]
    private static partial Regex RoomUse();
}
