using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FcnSharp.RepositoryTests;

/// <summary>What README and docs show works: their code compiles, their links and pictures are there.</summary>
public partial class DocumentationTests
{
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
            "System.Threading.Tasks"];

    public static TheoryData<string> Pages =>
        [
            .. Directory.GetFiles(Repository.At("docs"), "*.md").Select(page => $"docs/{Path.GetFileName(page)}")
                .Concat(Packages).Append("README.md").Order(),
        ];

    /// <summary>The pages that packages carry.</summary>
    public static TheoryData<string> PackagePages => [.. Packages];

    private static IEnumerable<string> Packages =>
        Directory.GetDirectories(Repository.At("src")).Select(folder => $"src/{Path.GetFileName(folder)}/README.md");

    [Theory]
    [MemberData(nameof(Pages))]
    public void CSharpBlocks_OfThePage_CompileAsPrograms(string page)
    {
        var text = File.ReadAllText(Repository.At(page)).ReplaceLineEndings("\n");
        var blocks = CSharpBlock().Matches(text).Select(match => match.Groups[1].Value).ToList();

        foreach (var block in blocks)
        {
            var errors = Compile(block).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();

            Assert.True(errors.Count == 0, $"{page}:\n{block}\n{string.Join('\n', errors)}");
        }
    }

    [Fact]
    public void CSharpBlocks_OfTheReadme_AreFound() =>
        Assert.NotEmpty(CSharpBlock().Matches(File.ReadAllText(Repository.At("README.md")).ReplaceLineEndings("\n")));

    [Fact]
    public void CSharpBlocks_ThatAreWrong_DoNotCompile() =>
        Assert.Contains(Compile("using FcnSharp;\nStreetScenes.NoSuchMember();\n"), diagnostic => diagnostic.Id == "CS0117");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfThePage_LeadToFiles(string page)
    {
        var folder = Path.GetDirectoryName(Repository.At(page))!;
        var targets = Link().Matches(File.ReadAllText(Repository.At(page)))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'));

        Assert.All(targets, target =>
            Assert.True(Path.Exists(Path.Combine(folder, target.Split('#')[0])), $"{page} links to {target}, which is not there"));
    }

    /// <summary>A registry shows the page alone: nothing lies beside it.</summary>
    [Theory]
    [MemberData(nameof(PackagePages))]
    public void PackagePage_IsShortAndLeansOnNoOtherFile(string page)
    {
        var text = File.ReadAllText(Repository.At(page));

        Assert.InRange(text.Split('\n').Length, 10, 100);
        Assert.Contains("needs .NET 10", text, StringComparison.Ordinal);
        Assert.All(
            Link().Matches(text).Select(match => match.Groups[1].Value),
            target => Assert.StartsWith("https://", target, StringComparison.Ordinal));
    }

    private static IEnumerable<Diagnostic> Compile(string block)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var trees = new[]
        {
            CSharpSyntaxTree.ParseText(block, options),
            CSharpSyntaxTree.ParseText(string.Concat(ImplicitUsings.Select(name => $"global using {name};\n")), options),
            CSharpSyntaxTree.ParseText(
                File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "StandIns", "OtherImageLibraries.cs")), options),
        };
        var assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Block",
            trees,
            assemblies.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        return compilation.GetDiagnostics();
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
