using System.Diagnostics;
using FcnSharp.Imaging;

namespace FcnSharp.CliTests;

/// <summary>A folder with all files of the examples, in which bash runs them; <c>fcn</c> is the built tool.</summary>
internal sealed class ExampleFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Tool tool = new();

    public ExampleFolder()
    {
        tool.PutPhoto("photo.jpg");
        File.SetLastWriteTimeUtc(tool.At("photo.jpg"), DateTime.UtcNow.AddDays(-1));
        foreach (var name in new[] { "street.jpg", "more/beech.jpg", "photos/street.jpg", "photos/2024/oak.jpg", "photos/2024/elm.png" })
        {
            tool.PutSmall(name, seed: name.Length);
        }

        File.WriteAllLines(tool.At("list.txt"), ["street.jpg", "photos/2024/oak.jpg"]);
        File.WriteAllLines(tool.At("more.txt"), ["more/beech.jpg"]);
        File.Copy(Tool.RepositoryFile("src", "FcnSharp.StreetScenes", "street-scenes.safetensors"), tool.At("model.safetensors"));
        foreach (var weights in new[] { "fcn8s.caffemodel", "fcn8s-heavy-pascal.caffemodel" })
        {
            File.Copy(Tool.SmallModel, tool.At(weights));
        }

        File.Copy(Tool.TestFile("compact.pth"), tool.At("weights.pth"));

        // Examples download nothing: a narrow network replaces the published one.
        Directory.CreateDirectory(tool.At("cache", "fcnsharp"));
        File.Copy(Tool.TestFile("fcn-resnet50-narrow.pth"), tool.At("cache", "fcnsharp", "fcn_resnet50_coco-1167a1af.pth"));
        File.Copy(Tool.TestFile("fcn-resnet50-narrow-dynamic-folded.onnx"), tool.At("network.onnx"));
        PutSample("my-data/photos/a.png", "my-data/masks/a.png", 1);
        PutSample("camvid/train/a.png", "camvid/trainannot/a.png", 2);
        PutSample("camvid/val/b.png", "camvid/valannot/b.png", 3);
    }

    /// <summary>Runs a bash script and returns its exit code and all output.</summary>
    public (int Code, string Printed) Bash(string lines)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"fcn() {{ dotnet '{Tool.Program}' \"$@\"; }}\n{lines}"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = tool.Folder,
            Environment = { ["XDG_CACHE_HOME"] = tool.At("cache") },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), $"{lines}: takes too long");
        return (process.ExitCode, output.Result + errors.Result);
    }

    public void Dispose() => tool.Dispose();

    private void PutSample(string picture, string mask, int seed)
    {
        tool.PutSmall(picture, seed);
        Directory.CreateDirectory(Path.GetDirectoryName(tool.At(mask))!);
        var labels = new byte[40 * 30];
        labels.AsSpan(labels.Length / 2).Fill(3);
        new LabelMap(labels, 40, 30).Save(tool.At(mask), Palette.Voc);
    }
}
