using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FcnSharp.RepositoryTests.Github;

/// <summary>Reads YAML files of GitHub. Unknown and duplicate keys are refused.</summary>
internal static class GithubYaml
{
    private static readonly IDeserializer Strict = new DeserializerBuilder()
        .WithNamingConvention(HyphenatedNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    /// <exception cref="YamlException">The text is not YAML, or has a key that the type does not have.</exception>
    public static T Parse<T>(string text) => Strict.Deserialize<T>(text);

    /// <summary>The names of the YAML files in a folder of .github.</summary>
    public static IEnumerable<string> FilesOf(string folder) =>
        Directory.GetFiles(Repository.At(".github", folder), "*.yml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public static string Read(params string[] parts) => File.ReadAllText(Repository.At([".github", .. parts])).ReplaceLineEndings("\n");
}
