namespace FcnSharp.Support;

/// <summary>Text files that are part of the assembly.</summary>
internal static class EmbeddedText
{
    /// <param name="name">The logical name that the project gives to the file.</param>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
