using System.Runtime.InteropServices;
using FcnSharp.Runtime;
using TorchSharp;

namespace FcnSharp.Torch.Tests.Torch;

public class TorchDeviceTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("CUDA")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1.0")]
    [InlineData("")]
    public void Find_AnotherName_ListsTheNames(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => TorchDevice.Find(name));

        Assert.Contains(
            $"There is no device called \"{name}\". Use \"cpu\", \"cuda\" or, to choose one of several, \"cuda:1\".", error.Message);
    }

    [Fact]
    public void Find_ADeviceThatIsNotThere_SaysHowManyThereAre()
    {
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;

        var error = Assert.Throws<TorchDeviceException>(() => TorchDevice.Find("cuda:99"));

        Assert.Equal("cuda:99", error.Device);
        Assert.False(error.IsOutOfMemory);
        Assert.StartsWith($"cuda:99: this machine has {count} CUDA devices", error.Message);
    }

    [Theory]
    [InlineData(0, "linux-x64", "this machine has 0 CUDA devices that libtorch can use. " +
        "Use \"cpu\", or add the package TorchSharp-cuda-linux 0.107.0 in place of TorchSharp-cpu and see that nvidia-smi lists a device.")]
    [InlineData(0, "win-x64", "this machine has 0 CUDA devices that libtorch can use. Use \"cpu\", " +
        "or add the package TorchSharp-cuda-windows 0.107.0 in place of TorchSharp-cpu and see that nvidia-smi lists a device.")]
    [InlineData(
        0, "osx-arm64", "this machine has 0 CUDA devices that libtorch can use. Use \"cpu\": there is no CUDA backend for osx-arm64.")]
    [InlineData(2, "linux-x64", "this machine has 2 CUDA devices. Use \"cuda:0\" to \"cuda:1\".")]
    public void Missing_OnEachSystem_NamesTheRemedy(int count, string rid, string expected) =>
        Assert.Equal($"cuda: {expected}", TorchDevice.Missing("cuda", count, new NativePlatform(rid)).Message);

    [Fact]
    public void Run_MoreMemoryThanThereIs_SaysWhatToDo()
    {
        var cpu = TorchDevice.Find("cpu");

        var error = Assert.Throws<TorchDeviceException>(() => cpu.Run(() => torch.empty(1L << 58)));

        Assert.True(error.IsOutOfMemory);
        Assert.Equal(
            "cpu: not enough free memory for this picture and network. " +
            "Set a smaller PredictorOptions.WorkingSize, or use FcnPredictor.Load, whose engine needs less.",
            error.Message);
        Assert.Contains("can't allocate memory", error.InnerException!.Message);
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 7.79 GiB", true,
        "set TorchEngineOptions.HalfPrecision")]
    [InlineData("CUDA error: unspecified launch failure\nCUDA kernel errors might be asynchronously reported", false,
        "stopped working: CUDA error: unspecified launch failure Check nvidia-smi")]
    [InlineData("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED", false, "The device \"cpu\" always works.")]
    public void FailureOf_ErrorsOfCuda_SayWhatToDo(string message, bool outOfMemory, string remedy)
    {
        var failure = TorchDevice.FailureOf("cuda:1", message);

        Assert.NotNull(failure);
        Assert.Equal(("cuda:1", outOfMemory), (failure.Device, failure.IsOutOfMemory));
        Assert.Contains(remedy, failure.Message);
    }

    [Fact]
    public void Run_AnotherError_StaysWhatItIs()
    {
        var cpu = TorchDevice.Find("cpu");

        Assert.Throws<ExternalException>(() => cpu.Run(() => torch.ones(2).reshape(3)));
    }
}
