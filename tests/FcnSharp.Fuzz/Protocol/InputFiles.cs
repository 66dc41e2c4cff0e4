using System.Globalization;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>The folder into which inputs that failed are written.</summary>
internal static class InputFiles
{
    /// <returns>The path of the file.</returns>
    public static string Write(Settings settings, string reader, ulong seed, byte[] bytes, string suffix = "")
    {
        Directory.CreateDirectory(settings.Folder);
        var path = Path.Combine(settings.Folder, string.Create(CultureInfo.InvariantCulture, $"{reader}-{seed}{suffix}.bin"));
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
