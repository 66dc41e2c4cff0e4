using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FcnSharp.RepositoryTests;

/// <summary>
/// Which room uses which, by every symbol that sources name, whether written in full, relative to a namespace or inferred by <c>var</c>,
/// in code or in a doc comment. A room is a namespace below FcnSharp: <c>Engine</c>, and inside of it <c>Engine.Cpu</c>. FcnSharp itself
/// is the namespace of StreetScenes alone. An entry point, such as <c>Engine.CpuEngine</c>, counts as a separate room: it is above
/// the other types of its namespace.
/// </summary>
internal sealed class RoomGraph
{
    private const string Root = "FcnSharp";

    /// <summary>What the compiler gives to every project; see ImplicitUsings.</summary>
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private readonly IReadOnlySet<string> entryPoints;
    private readonly Dictionary<(string From, string To), string> places = [];

    /// <param name="assembly">The assembly of the sources.</param>
    /// <param name="sources">The paths, for messages, and the texts.</param>
    /// <param name="entryPoints">Types that count as separate rooms.</param>
    /// <param name="libraries">Paths of libraries that these tests do not reference.</param>
    public RoomGraph(
        string assembly, IEnumerable<(string Path, string Text)> sources, IReadOnlySet<string> entryPoints, string? libraries = null)
    {
        this.entryPoints = entryPoints;
        var compilation = CSharpCompilation.Create(
            assembly,
            sources.Append((Path: "", Text: ImplicitUsings))
                .Select(source => CSharpSyntaxTree.ParseText(source.Text, Parsing, source.Path)),
            References(assembly, libraries),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var declared in tree.GetRoot()
                .DescendantNodes(node => node is (not MemberDeclarationSyntax) or BaseNamespaceDeclarationSyntax)
                .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
            {
                if (model.GetDeclaredSymbol(declared) is { } type && IsOurs(type.ContainingNamespace))
                {
                    AddUses(RoomOf(type), declared, model);
                }
            }
        }

        Unresolved = [.. compilation.GetDiagnostics().Where(IsMissingName).Select(diagnostic => diagnostic.ToString())];
    }

    /// <summary>Names that cannot be resolved, whose rooms would be missed.</summary>
    public IReadOnlyList<string> Unresolved { get; }

    /// <summary>Pairs of different rooms, with the first place where one uses the other.</summary>
    public IReadOnlyDictionary<(string From, string To), string> Uses => places;

    /// <summary>The whole rooms, <c>Engine</c> for <c>Engine.Fused</c>.</summary>
    public IReadOnlyDictionary<(string From, string To), string> UsesOfWholeRooms => places
        .Where(use => Whole(use.Key.From) != Whole(use.Key.To))
        .GroupBy(use => (Whole(use.Key.From), Whole(use.Key.To)), use => use.Value)
        .ToDictionary(group => group.Key, group => group.First());

    /// <summary>The uses that are part of a cycle, as <c>A -> B</c>.</summary>
    public IEnumerable<string> UsesOnCycles =>
        places.Keys.Where(use => Reachable(use.To).Contains(use.From)).Select(use => $"{use.From} -> {use.To}").Order();

    private static string Whole(string room) => room.Split('.')[0];

    private static IEnumerable<MetadataReference> References(string assembly, string? libraries) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Concat(libraries is null ? [] : Directory.GetFiles(libraries, "*.dll"))
            .DistinctBy(Path.GetFileName)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly)
            .Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>Members are ignored, since those of source generators are missing here.</summary>
    private static bool IsMissingName(Diagnostic diagnostic) => diagnostic.Id is "CS0103" or "CS0234" or "CS0246" or "CS1574";

    private static bool IsOurs(INamespaceSymbol? @namespace) =>
        @namespace?.ToDisplayString() is { } name && (name == Root || name.StartsWith($"{Root}.", StringComparison.Ordinal));

    private string RoomOf(ISymbol symbol)
    {
        var outer = symbol;
        while (outer.ContainingType is { } containing)
        {
            outer = containing;
        }

        var room = outer.ContainingNamespace.ToDisplayString() is var name && name == Root ? "StreetScenes" : name[(Root.Length + 1)..];
        return entryPoints.Contains($"{room}.{outer.Name}") ? $"{room}.{outer.Name}" : room;
    }

    /// <summary>Whether the only use is in the documentation of an entry point's member.</summary>
    private static bool IsToldOf(SyntaxNode node, string entryPoint, string room) =>
        node.IsPartOfStructuredTrivia() && Whole(entryPoint) == Whole(room);

    private void AddUses(string room, SyntaxNode root, SemanticModel model)
    {
        foreach (var node in root.DescendantNodes(descendIntoTrivia: true)
            .Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
        {
            var found = model.GetSymbolInfo(node);
            if ((found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) is { } symbol and not INamespaceSymbol
                && IsOurs(symbol.ContainingNamespace)
                && RoomOf(symbol) is var used && used != room && !(entryPoints.Contains(used) && IsToldOf(node, used, room)))
            {
                places.TryAdd(
                    (room, used), $"{root.SyntaxTree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}");
            }
        }
    }

    private HashSet<string> Reachable(string from)
    {
        var (reached, next) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>([from]));
        while (next.TryDequeue(out var room))
        {
            foreach (var (_, to) in places.Keys.Where(use => use.From == room && reached.Add(use.To)))
            {
                next.Enqueue(to);
            }
        }

        return reached;
    }
}
