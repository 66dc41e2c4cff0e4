namespace FcnSharp.WebDemoTests;

/// <summary>The files that deploy the demo, copied to the output of these tests.</summary>
internal static class DeploymentFiles
{
    /// <summary>The files of Kubernetes.</summary>
    public static string[] Manifests { get; } = [.. Directory.GetFiles(At("kubernetes")).Order(StringComparer.Ordinal)];

    /// <summary>The parsed Dockerfile.</summary>
    public static Dockerfile Image => new(Read("Dockerfile"));

    public static string Read(string name) => File.ReadAllText(At(name));

    private static string At(string name) => Path.Combine(AppContext.BaseDirectory, "Deployment", name);
}
