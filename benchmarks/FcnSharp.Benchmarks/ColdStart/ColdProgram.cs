using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Benchmarks.ColdStart;

/// <summary>A published program that segments one photo.</summary>
internal sealed class ColdProgram
{
    private readonly string program;
    private readonly string[] model;
    private readonly string folder;
    private readonly List<double> seconds = [];

    private ColdProgram(string name, string folder, string program, params string[] model)
    {
        (Name, this.folder, this.program, this.model) = (name, folder, Path.Combine(folder, program), model);
    }

    public string Name { get; }

    /// <summary>Size of all files of the published folder, including the model, in bytes.</summary>
    public long Size => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Sum(file => ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length);

    /// <summary>Time from process start to exit in seconds: the median of all runs except the first.</summary>
    public double Seconds => Measurement.Median([.. seconds.Skip(1)]);

    /// <summary>The labels that the last run wrote.</summary>
    public LabelMap Labels { get; private set; } = null!;

    /// <summary>Publishes all four: the sample on the .NET runtime and as a native program, and the same job on both peers.</summary>
    public static IReadOnlyList<ColdProgram> PublishAll(TemporaryFolder root, FcnNetwork network)
    {
        Directory.CreateDirectory(root.At("torchsharp"));
        Directory.CreateDirectory(root.At("onnxruntime"));
        var (weights, graph) = (root.At("torchsharp/model.safetensors"), root.At("onnxruntime/model.onnx"));
        network.Save(weights, WeightPrecision.Float16);
        OnnxExporter.Export(network, graph, new OnnxOptions { ArgMax = true });
        return
        [
            Publish("ours", "samples/SegmentImage", root.At("ours"), native: false),
            Publish("ours, native", "samples/SegmentImage", root.At("native"), native: true),
            Publish("torchsharp", "benchmarks/ColdStart.TorchSharp", root.At("torchsharp"), native: false, weights),
            Publish("onnxruntime", "benchmarks/ColdStart.OnnxRuntime", root.At("onnxruntime"), native: false, graph),
        ];
    }

    /// <summary>Runs the program once on a photo in a separate folder.</summary>
    public void Run(byte[] photo)
    {
        using var place = new TemporaryFolder();
        File.WriteAllBytes(place.At("photo.jpg"), photo);
        seconds.Add(ChildProgram.Run(program, [.. model, place.At("photo.jpg")]).Seconds);
        Labels = LabelMap.Load(place.At("photo-labels.png"));
    }

    /// <summary>Publishes without symbols and documentation, which a program does not need.</summary>
    private static ColdProgram Publish(string name, string project, string folder, bool native, params string[] model)
    {
        string[] kind = native ? ["-p:PublishAot=true"] : ["--self-contained", "false"];
        ChildProgram.Run(
            "dotnet",
            [
                "publish", Path.Combine(Repository(), project), "-c", "Release", "--use-current-runtime", "-o", folder,
                "-p:CopyOutputSymbolsToPublishDirectory=false", "-p:AllowedReferenceRelatedFileExtensions=none", .. kind,
            ]);
        return new ColdProgram(name, folder, Path.GetFileName(project), model);
    }

    private static string Repository()
    {
        var above = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(above.FullName, "FcnSharp.sln")))
        {
            above = above.Parent ?? throw new IOException("FcnSharp.sln is in no folder above this program; run it from the repository.");
        }

        return above.FullName;
    }
}
