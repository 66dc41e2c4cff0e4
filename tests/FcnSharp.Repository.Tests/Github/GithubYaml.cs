using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FcnSharp.RepositoryTests.Github;

/// <summary>Reads what GitHub is told in YAML. A key that a type does not have, or that stands twice, is refused.</summary>
internal static class GithubYaml
{
    private static readonly IDeserializer Strict = new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    /// <exception cref="YamlException">It is no YAML, or has another key than the type.</exception>
    public static T Parse<T>(string text) => Strict.Deserialize<T>(text);

    /// <summary>The names of the YAML files in a folder of .github.</summary>
    public static IEnumerable<string> FilesOf(string folder) =>
        Directory.GetFiles(Repository.At(".github", folder), "*.yml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public static string Read(params string[] parts) => File.ReadAllText(Repository.At([".github", .. parts])).ReplaceLineEndings("\n");
}
