namespace FcnSharp.Support;

/// <summary>Reads text files that are embedded in the assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>Reads a file.</summary>
    /// <param name="name">The logical name of the resource.</param>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
