using FcnSharp.Runtime;

namespace FcnSharp.Torch.Tests.Runtime;

public class LoadFailureTests
{
    private static readonly NativePlatform Linux = new("linux-x64");

    [Theory]
    [InlineData(
        "/lib/libc.so.6: version `GLIBC_2.34' not found (required by /app/libtorch_cpu.so)",
        "it needs GLIBC_2.34, and this system's C library (glibc) is older", "Run on a newer system")]
    [InlineData(
        "/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by /app/libtorch_cpu.so)",
        "it needs GLIBCXX_3.4.30, and this system's C++ library (libstdc++) is older", "Run on a newer system")]
    [InlineData(
        "libc10.so: cannot open shared object file: No such file or directory",
        "it needs libc10.so, which is missing", "package TorchSharp-cpu 0.107.0, or TorchSharp-cuda-linux 0.107.0")]
    [InlineData(
        "libstdc++.so.6: cannot open shared object file: No such file or directory",
        "it needs libstdc++.so.6, which is missing", "Install the system package that contains libstdc++.so.6")]
    [InlineData("/app/libtorch_cpu.so: wrong ELF class: ELFCLASS32", "not built for linux-x64",
        "build or publish the application for linux-x64")]
    [InlineData("something new", "the system's loader refused it", "one backend package")]
    public void Refused_SaysWhyAndWhatToDo(string said, string reason, string remedy)
    {
        var error = LoadFailure.Refused("/app/libtorch_cpu.so", new DllNotFoundException($"Long advice.\n{said}\n"), Linux, "0.107.0");

        Assert.Equal("libtorch_cpu.so", error.Library);
        Assert.Contains(reason, error.Reason);
        Assert.EndsWith($"The loader said: {said}", error.Reason);
        Assert.Contains(remedy, error.Remedy);
        Assert.Equal($"libtorch_cpu.so cannot be loaded: {error.Reason} {error.Remedy}", error.Message);
    }

    [Fact]
    public void PatchForbidden_NamesThePropertyThatAllowsIt()
    {
        var said = new DllNotFoundException(
            "/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/libLibTorchSharp.so)");

        var error = LoadFailure.PatchForbidden("/app/libLibTorchSharp.so", said, Linux, "0.107.0");

        Assert.Contains("it needs GLIBCXX_3.4.32", error.Reason);
        Assert.Contains("FcnSharpPatchLibtorch", error.Remedy);
    }

    [Fact]
    public void Refused_OnWindows_NamesTheIssueOfTorchSharp()
    {
        var said = new DllNotFoundException("Unable to load DLL 'LibTorchSharp': The specified module could not be found. (0x8007007E)");

        var error = LoadFailure.Refused("LibTorchSharp.dll", said, new NativePlatform("win-x64"), "0.107.0");

        Assert.Contains("issues/1567", error.Remedy);
        Assert.Contains("FcnSharp.Core", error.Remedy);
    }

    [Theory]
    [InlineData("linux-x64", "TorchSharp-cpu 0.107.0, or TorchSharp-cuda-linux 0.107.0 for an NVIDIA GPU")]
    [InlineData("win-x64", "TorchSharp-cpu 0.107.0, or TorchSharp-cuda-windows 0.107.0 for an NVIDIA GPU")]
    [InlineData("osx-arm64", "TorchSharp-cpu 0.107.0")]
    public void BackendPackages_AreThoseOfThePlatform(string rid, string packages) =>
        Assert.Equal(packages, new NativePlatform(rid).BackendPackages("0.107.0"));

    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("linux-musl-x64")]
    [InlineData("osx-x64")]
    [InlineData("win-arm64")]
    public void NoLibtorchFor_PointsToFcnSharpCore(string rid)
    {
        var platform = new NativePlatform(rid);

        var error = LoadFailure.NoLibtorchFor(platform);

        Assert.False(platform.HasLibtorch);
        Assert.Contains($"no libtorch package for {rid}", error.Message);
        Assert.Contains("FcnSharp.Core", error.Remedy);
    }
}
