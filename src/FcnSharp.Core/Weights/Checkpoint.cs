using System.Security.Cryptography;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights.Formats;
using FcnSharp.Weights.Loading;

namespace FcnSharp.Weights;

/// <summary>A network that was read from a checkpoint of this or another tool, and a report of what was read.</summary>
/// <remarks>
/// The format is detected from the bytes: safetensors, PyTorch's .pth (zip and legacy), .caffemodel or ONNX. The tensor names are
/// translated by the <see cref="NameMap"/> that fits best. No code of a file is ever run.
/// <para>
/// Three kinds of ONNX networks are read: a network of this library, whatever the names of its nodes; any other network whose operations
/// are those of a <see cref="NetworkGraph"/> and that ends in class scores at the size of the picture or at a fixed stride, which gets
/// <see cref="GraphOptions"/>; and the trunk of a ResNet classifier. Any other file is refused, and the message names the first node that
/// is not supported. Sizes that the exporter fixed, such as that of the picture, become free again.
/// </para>
/// </remarks>
public sealed class Checkpoint
{
    internal Checkpoint(FcnNetwork network, LoadReport report) =>
        (Network, Report) = (network, report);

    /// <summary>The network; its card states the preprocessing that the weights need, if it is known.</summary>
    public FcnNetwork Network { get; }

    /// <summary>What was loaded, reshaped, flipped, reinitialised and left out.</summary>
    public LoadReport Report { get; }

    /// <summary>Deconstructs the checkpoint: <c>var (network, report) = Checkpoint.Load(path);</c></summary>
    /// <param name="network"><see cref="Network"/>.</param>
    /// <param name="report"><see cref="Report"/>.</param>
    public void Deconstruct(out FcnNetwork network, out LoadReport report) => (network, report) = (Network, Report);

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">A file of weights; its extension does not matter.</param>
    /// <param name="options">Null means the defaults: the whole network, unchanged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged, has an unknown format, requires code to be run, fits no name map, or does
    /// not have the expected SHA-256.</exception>
    /// <exception cref="ArgumentException">The options contradict each other or the network.</exception>
    public static Checkpoint Load(string path, CheckpointOptions? options = null)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new WeightFileException(path, reason, remedy));
        return Load(stream, path, options);
    }

    /// <summary>Reads a checkpoint from a stream, from the start of the stream to its end.</summary>
    /// <param name="stream">The bytes of the file. The caller disposes it. A stream that cannot seek is copied into memory first.</param>
    /// <param name="name">Name of the stream in error messages.</param>
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

    /// <summary>Reads a checkpoint whose network is ready to predict: it has exactly the layers of the file's network.</summary>
    /// <param name="path">A file of weights; its extension does not matter.</param>
    /// <param name="options">Null means the defaults: the whole network, unchanged.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">As for <see cref="Load(string, CheckpointOptions?)"/>; or the file lacks a layer of the
    /// network or has a layer that the network lacks.</exception>
    /// <exception cref="ArgumentException">The options contradict each other or the network.</exception>
    public static Checkpoint LoadComplete(string path, CheckpointOptions? options = null) =>
        WithComplete(path, options, plan => new Checkpoint(plan.Run(), plan.Report));

    /// <summary>Lists the contents of a file and what <see cref="Load(string, CheckpointOptions?)"/> would do with them, without reading
    /// the values of its tensors.</summary>
    /// <param name="path">A file of weights.</param>
    /// <param name="options">The options that would be passed to <see cref="Load(string, CheckpointOptions?)"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">The file is damaged, has an unknown format, or requires code to be run.</exception>
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

    /// <summary>Plans the loading of a checkpoint whose network is ready to predict, and calls a function with the plan while the file is
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
                "Fetch the file again, and compare the expected checksum with the one that its publisher states.");
        }

        stream.Position = 0;
    }

    private static WeightFileException Incomplete(string path, LoadReport report) => new(
        path,
        (report.Reinitialised is [var missing, ..]
            ? $"holds only a part of the network: {report.Reinitialised.Length} tensors are missing, the first is {missing.Tensor}"
            : $"holds another network: {report.LayersLeftOut.Length} of its tensors are not part of the requested network " +
            $"({report.Options.Kind}), the first is {FileText.Shown(report.LayersLeftOut[0].Tensor)}") +
            ", so its predictions would be meaningless.",
        $"{nameof(Checkpoint)}.{nameof(Load)} (fcn: convert --partial) loads it as a starting point for training.");

    private static MemoryStream Buffered(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
