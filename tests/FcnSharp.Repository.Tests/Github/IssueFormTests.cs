namespace FcnSharp.RepositoryTests.Github;

/// <summary>Issue forms and the list of updates are valid for GitHub, which ignores invalid forms silently.</summary>
public class IssueFormTests
{
    private static readonly string[] FieldTypes = ["checkboxes", "dropdown", "input", "markdown", "textarea"];

    public static TheoryData<string> Forms => [.. GithubYaml.FilesOf("ISSUE_TEMPLATE").Where(file => file != "config.yml")];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Form_OfTheRepository_HasALabelForEveryField(string file)
    {
        var form = GithubYaml.Parse<IssueForm>(GithubYaml.Read("ISSUE_TEMPLATE", file));

        Assert.NotEmpty(form.Body);
        Assert.Equal(form.Body.Count, form.Body.Select(field => field.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(form.Body, field => Assert.Contains(field.Type, FieldTypes));
        Assert.All(form.Body, field => Assert.NotEmpty(field.Attributes["label"]));
    }

    [Fact]
    public void Dependabot_LooksAfterPackagesActionsAndImages()
    {
        var updates = GithubYaml.Parse<Dependabot>(GithubYaml.Read("dependabot.yml")).Updates;

        Assert.Equal(["nuget", "github-actions", "docker"], updates.Select(update => update.PackageEcosystem));
        Assert.All(updates, update => Assert.True(Directory.Exists(Repository.At(update.Directory.TrimStart('/')))));
    }

    private sealed class IssueForm
    {
        public required string Name { get; init; }

        public required string Description { get; init; }

        public required List<string> Labels { get; init; }

        public required List<Field> Body { get; init; }
    }

    private sealed class Field
    {
        public required string Type { get; init; }

        public required string Id { get; init; }

        public required Dictionary<string, string> Attributes { get; init; }

        public Dictionary<string, bool>? Validations { get; init; }
    }

    private sealed class Dependabot
    {
        public required int Version { get; init; }

        public required List<Update> Updates { get; init; }
    }

    private sealed class Update
    {
        public required string PackageEcosystem { get; init; }

        public required string Directory { get; init; }

        public required Dictionary<string, string> Schedule { get; init; }

        public Dictionary<string, object>? Groups { get; init; }

        public List<object>? Ignore { get; init; }
    }
}
