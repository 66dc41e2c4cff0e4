using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.Benchmarks.ColdStart;

/// <summary>A program that segments one photo, as a user publishes it.</summary>
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

    /// <summary>Bytes of all files of the published folder, the model among them.</summary>
    public long Size => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Sum(file => ((FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Length);

    /// <summary>From process start to exit, median of all runs but the first.</summary>
    public double Seconds => Measurement.Median([.. seconds.Skip(1)]);

    /// <summary>The class of every pixel, as the last run wrote it.</summary>
    public LabelMap Labels { get; private set; } = null!;

    /// <summary>Publishes all four: the sample on the .NET runtime and as a native program, and the same job on the peers.</summary>
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

    /// <summary>Runs it once on a photo in a folder of its own.</summary>
    public void Run(byte[] photo)
    {
        using var place = new TemporaryFolder();
        File.WriteAllBytes(place.At("photo.jpg"), photo);
        seconds.Add(ChildProgram.Run(program, [.. model, place.At("photo.jpg")]).Seconds);
        Labels = LabelMap.Load(place.At("photo-labels.png"));
    }

    /// <summary>Symbols and documentation are left out: they are no part of a program.</summary>
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
