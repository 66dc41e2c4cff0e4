using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Support;

/// <summary>A temporary safetensors file of any tensors.</summary>
internal sealed class WeightFile : IDisposable
{
    private readonly TempFolder folder = new();

    public WeightFile(IEnumerable<NamedTensor> tensors, WeightPrecision precision = WeightPrecision.Float32)
    {
        using var stream = File.Create(Path);
        SafetensorsFile.Write(stream, [.. tensors], [], precision);
    }

    public string Path => folder["weights.safetensors"];

    public void Dispose() => folder.Dispose();
}
