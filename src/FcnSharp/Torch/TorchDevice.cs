using System.Globalization;
using System.Runtime.InteropServices;
using FcnSharp.Runtime;
using FcnSharp.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Torch;

/// <summary>An existing device, with the translation of its errors.</summary>
internal sealed class TorchDevice
{
    private const string Cpu = "cpu";
    private const string Cuda = "cuda";

    private static readonly string[] CudaLibraries = ["CUDA", "cuDNN", "cuBLAS"];

    private TorchDevice(string name, Device device) => (Name, Device) = (name, device);

    /// <summary>The device's name: <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Name { get; }

    public Device Device { get; }

    public bool IsCuda => Device.type == DeviceType.CUDA;

    /// <summary>Finds a device by its name.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> (the first CUDA device) or <c>cuda:</c> and a number from 0.</param>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    /// <exception cref="LibtorchLoadException">There is no libtorch.</exception>
    /// <exception cref="TorchDeviceException">This machine has no such device.</exception>
    public static TorchDevice Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == Cpu)
        {
            LibtorchRuntime.EnsureLoaded();
            return new TorchDevice(name, CPU);
        }

        if (CudaIndex(name) is not { } index)
        {
            throw new ArgumentException(
                $"There is no device called \"{name}\". Use \"cpu\", \"cuda\" or, to choose one of several, \"cuda:1\".", nameof(name));
        }

        LibtorchRuntime.EnsureLoaded();
        var count = cuda.is_available() ? cuda.device_count() : 0;
        return index < count
            ? new TorchDevice($"{Cuda}:{index}", new Device(DeviceType.CUDA, index))
            : throw Missing(name, count, NativePlatform.Current);
    }

    /// <summary>Runs work on the device; errors of the device are thrown as <see cref="TorchDeviceException"/>.</summary>
    public T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ExternalException error) when (FailureOf(Name, error.Message) is not null)
        {
            throw FailureOf(Name, error.Message, error)!;
        }
    }

    /// <summary>The exception for a message of libtorch about the device; null for another message.</summary>
    internal static TorchDeviceException? FailureOf(string device, string message, Exception? error = null)
    {
        var isCuda = device != Cpu;
        if (message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || message.Contains("can't allocate memory", StringComparison.Ordinal))
        {
            return new TorchDeviceException(
                device,
                "not enough free memory for this picture and network.",
                "Set a smaller PredictorOptions.WorkingSize" +
                (isCuda ? ", set TorchEngineOptions.HalfPrecision, end other programs on this device, or use another device." : ", " +
                    "or use FcnPredictor.Load, whose engine needs less."),
                outOfMemory: true,
                error);
        }

        return isCuda && CudaLibraries.Any(library => message.Contains(library, StringComparison.OrdinalIgnoreCase))
            ? new TorchDeviceException(
                device,
                $"the device stopped working: {message.Split('\n')[0]}",
                "Check nvidia-smi, and start a new process: " +
                "CUDA does not recover within one. The device \"cpu\" always works.",
                innerException: error)
            : null;
    }

    /// <summary>The exception for a missing CUDA device, with the remedy.</summary>
    internal static TorchDeviceException Missing(string device, int count, NativePlatform platform)
    {
        var version = typeof(torch).Assembly.GetName().Version?.ToString(fieldCount: 3);
        var found = Guard.Text($"this machine has {count} CUDA devices{(count == 0 ? " that libtorch can use" : "")}.");
        return new TorchDeviceException(device, found, (count, platform.Rid) switch
        {
            ( > 0, _) => $"Use \"cuda:0\" to \"cuda:{count - 1}\".",
            (_, "linux-x64") => "Use \"cpu\", " +
                $"or add the package TorchSharp-cuda-linux {version} in place of TorchSharp-cpu and see that nvidia-smi lists a device.",
            (_, "win-x64") => "Use \"cpu\", " +
                $"or add the package TorchSharp-cuda-windows {version} in place of TorchSharp-cpu and see that nvidia-smi lists a device.",
            _ => $"Use \"cpu\": there is no CUDA backend for {platform.Rid}.",
        });
    }

    private static int? CudaIndex(string name) =>
        name == Cuda ? 0
        : name.StartsWith(Cuda + ":", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
        : null;
}
