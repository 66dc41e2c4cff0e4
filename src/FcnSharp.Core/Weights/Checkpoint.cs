using System.Security.Cryptography;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights.Formats;
using FcnSharp.Weights.Loading;

namespace FcnSharp.Weights;

/// <summary>A network read from whatever file another tool wrote, and what was done to read it.</summary>
/// <remarks>
/// Formats are told from the bytes: safetensors, PyTorch's .pth (zip and legacy), .caffemodel and ONNX; names by the
/// <see cref="NameMap"/> that fits. No code of a file is ever run.
/// <para>
/// Of ONNX, three kinds are read: a network that is one of this library's, whatever its nodes are called; any other whose operations are
/// those of a <see cref="NetworkGraph"/> and that ends in class scores at the size of the picture or at a fixed stride, which has
/// <see cref="GraphOptions"/>; and the trunk of a classifier that is a ResNet. Anything else is refused by its first node that does not
/// fit. What an exporter fixed, such as the size of the picture, is free again.
/// </para>
/// </remarks>
public sealed class Checkpoint
{
    internal Checkpoint(FcnNetwork network, LoadReport report) =>
        (Network, Report) = (network, report);

    /// <summary>The network; its card has the preprocessing that goes with the weights, where it is known.</summary>
    public FcnNetwork Network { get; }

    /// <summary>What was loaded, reshaped, flipped, initialised anew and left out.</summary>
    public LoadReport Report { get; }

    /// <summary>Takes it apart: <c>var (network, report) = Checkpoint.Load(path);</c></summary>
    /// <param name="network"><see cref="Network"/>.</param>
    /// <param name="report"><see cref="Report"/>.</param>
    public void Deconstruct(out FcnNetwork network, out LoadReport report) => (network, report) = (Network, Report);

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">A file of weights; what it is called does not matter.</param>
    /// <param name="options">Null means the defaults: the whole network, as it is.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is of no known format, damaged, asks for code to be run, fits no name map, or has
    /// another SHA-256 than was expected.</exception>
    /// <exception cref="ArgumentException">The options contradict each other or the network.</exception>
    public static Checkpoint Load(string path, CheckpointOptions? options = null)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new WeightFileException(path, reason, remedy));
        return Load(stream, path, options);
    }

    /// <summary>Reads a checkpoint from a stream, from its start to its end.</summary>
    /// <param name="stream">The bytes of the file. The caller disposes it. One that cannot seek is copied into memory first.</param>
    /// <param name="name">What to call it in error messages.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <inheritdoc cref="Load(string, CheckpointOptions?)" path="/exception"/>
    public static Checkpoint Load(Stream stream, string name = "the stream", CheckpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        using var copy = stream.CanSeek ? null : Buffered(stream);
        var source = copy ?? stream;
        CheckSum(name, source, options?.ExpectedSha256);
        var plan = LoadPlan.Make(name, CheckpointReader.Read(source, name), options ?? new CheckpointOptions(), source.Length);
        return new Checkpoint(plan.Run(), plan.Report);
    }

    /// <summary>Reads a checkpoint whose network is ready to predict: it has every layer of the file's network and no other.</summary>
    /// <param name="path">A file of weights; what it is called does not matter.</param>
    /// <param name="options">Null means the defaults: the whole network, as it is.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">As for <see cref="Load(string, CheckpointOptions?)"/>; or a layer of the network is missing in
    /// the file, or the file has a layer that the network has no place for.</exception>
    /// <exception cref="ArgumentException">The options contradict each other or the network.</exception>
    public static Checkpoint LoadComplete(string path, CheckpointOptions? options = null) =>
        WithComplete(path, options, plan => new Checkpoint(plan.Run(), plan.Report));

    /// <summary>Says what a file holds and what <see cref="Load(string, CheckpointOptions?)"/> would do with it, without reading its
    /// numbers.</summary>
    /// <param name="path">A file of weights.</param>
    /// <param name="options">As they would be given to load it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is of no known format, damaged, or asks for code to be run.</exception>
    public static CheckpointInspection Inspect(string path, CheckpointOptions? options = null)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new WeightFileException(path, reason, remedy));
        CheckSum(path, stream, options?.ExpectedSha256);
        var contents = CheckpointReader.Read(stream, path);
        LoadPlan? plan = null;
        string? refusal = null;
        try
        {
            plan = LoadPlan.Make(path, contents, options ?? new CheckpointOptions(), stream.Length);
        }
        catch (WeightFileException exception)
        {
            refusal = exception.Message;
        }

        var tensors = contents.Tensors.Select(tensor => new InspectedTensor(tensor.Name, tensor.Type, tensor.Shape));
        return new CheckpointInspection(contents.Format, contents.Wrapper, [.. tensors])
        {
            Report = plan?.Report,
            Card = plan?.Card,
            Refusal = refusal,
        };
    }

    /// <summary>Plans to read a checkpoint whose network is ready to predict, and has something done with it while the file is
    /// open.</summary>
    /// <inheritdoc cref="LoadComplete" path="/exception"/>
    internal static T WithComplete<T>(string path, CheckpointOptions? options, Func<LoadPlan, T> use)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new WeightFileException(path, reason, remedy));
        return WithComplete(stream, path, options, use);
    }

    /// <inheritdoc cref="WithComplete{T}(string, CheckpointOptions?, Func{LoadPlan, T})"/>
    internal static T WithComplete<T>(Stream source, string path, CheckpointOptions? options, Func<LoadPlan, T> use)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var copy = source.CanSeek ? null : Buffered(source);
        var stream = copy ?? source;
        CheckSum(path, stream, options?.ExpectedSha256);
        var plan = LoadPlan.Make(path, CheckpointReader.Read(stream, path), options ?? new CheckpointOptions(), stream.Length);
        return plan.Report.IsComplete ? use(plan) : throw Incomplete(path, plan.Report);
    }

    private static void CheckSum(string path, Stream stream, string? expected)
    {
        if (expected is null)
        {
            return;
        }

        stream.Position = 0;
        var sum = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (!sum.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new WeightFileException(
                path,
                $"has the SHA-256 {sum}, but {expected.ToLowerInvariant()} was expected.",
                "Fetch the file again, and look whether the expected sum is that of its publisher.");
        }

        stream.Position = 0;
    }

    private static WeightFileException Incomplete(string path, LoadReport report) => new(
        path,
        (report.Reinitialised is [var missing, ..]
            ? $"holds only a part of the network: {report.Reinitialised.Length} tensors are missing, {missing.Tensor} first"
            : $"holds another network: {report.LayersLeftOut.Length} tensors of it have no place in the one to make " +
                $"({report.Options.Kind}), {FileText.Shown(report.LayersLeftOut[0].Tensor)} first") +
        ", so it would predict nothing sound.",
        $"{nameof(Checkpoint)}.{nameof(Load)} (fcn: convert --partial) takes it as a start for training.");

    private static MemoryStream Buffered(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
