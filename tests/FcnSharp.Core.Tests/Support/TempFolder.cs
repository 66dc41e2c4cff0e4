namespace FcnSharp.Tests.Support;

/// <summary>An empty folder for one test, removed with everything in it afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;

    public string Path { get; }

    /// <summary>The full path of <paramref name="name"/> in this folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string[] FileNames() => [.. Directory.GetFiles(Path).Select(file => System.IO.Path.GetFileName(file)!).Order()];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
