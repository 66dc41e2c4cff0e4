using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FcnSharp.RepositoryTests;

/// <summary>The code of README and docs compiles, and their links and pictures exist.</summary>
public class DocumentationTests
{
    /// <summary>Generated from the assemblies by eng/build-docs.sh.</summary>
    private const string ApiPage = "docs/api/";

    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
            "System.Threading.Tasks"];

    public static TheoryData<string> Pages => [.. DocumentationPages.All];

    /// <summary>The README files of the packages.</summary>
    public static TheoryData<string> PackagePages => [.. DocumentationPages.OfPackages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void CSharpBlocks_OfThePage_CompileAsPrograms(string page)
    {
        foreach (var block in DocumentationPages.BlocksOf(page, "csharp"))
        {
            var errors = Compile(block).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();

            Assert.True(errors.Count == 0, $"{page}:\n{block}\n{string.Join('\n', errors)}");
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/how-to/database.md")]
    [InlineData("docs/tutorials/segment-a-picture.md")]
    public void CSharpBlocks_OfAPageWithCode_AreFound(string page) =>
        Assert.NotEmpty(DocumentationPages.BlocksOf(page, "csharp"));

    [Fact]
    public void CSharpBlocks_ThatAreWrong_DoNotCompile() =>
        Assert.Contains(Compile("using FcnSharp;\nStreetScenes.NoSuchMember();\n"), diagnostic => diagnostic.Id == "CS0117");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfThePage_LeadToFilesAndAnchors(string page) =>
        Assert.All(DocumentationPages.LinksOf(page), link => Assert.True(Leads(page, link), $"{page} links to {link}, which is not there"));

    [Theory]
    [InlineData("no-such-page.md")]
    [InlineData("reference/training.md#no-such-heading")]
    [InlineData("#no-such-heading")]
    public void Links_ThatLeadNowhere_AreMissed(string link) => Assert.False(Leads("docs/faq.md", link));

    [Fact]
    public void Readme_IsShort() => Assert.InRange(DocumentationPages.Read("README.md").TrimEnd().Split('\n').Length, 50, 150);

    /// <summary>A registry shows only the page, so relative links would be broken.</summary>
    [Theory]
    [MemberData(nameof(PackagePages))]
    public void PackagePage_IsShortAndLeansOnNoOtherFile(string page)
    {
        var text = DocumentationPages.Read(page);

        Assert.InRange(text.Split('\n').Length, 10, 100);
        Assert.Contains("needs .NET 10", text, StringComparison.Ordinal);
        Assert.Empty(DocumentationPages.LinksOf(page));
    }

    private static bool Leads(string page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0] is "" ? page : Path.GetRelativePath(
            Repository.Root, Path.Combine(Path.GetDirectoryName(Repository.At(page))!, parts[0])).Replace('\\', '/');
        return target.StartsWith(ApiPage, StringComparison.Ordinal)
            || (Path.Exists(Repository.At(target)) && (parts is [_] || DocumentationPages.AnchorsOf(target).Contains(parts[1])));
    }

    private static IEnumerable<Diagnostic> Compile(string block)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var trees = new[]
        {
            CSharpSyntaxTree.ParseText(block, options),
            CSharpSyntaxTree.ParseText(string.Concat(ImplicitUsings.Select(name => $"global using {name};\n")), options),
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
}
