using System.Runtime.InteropServices;
using FcnSharp.Runtime;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;

namespace FcnSharp.Torch.Tests.Runtime;

public class LibtorchRuntimeTests
{
    [Fact]
    public void Tensors_InTheTestHost_Work()
    {
        using var ones = torch.ones(2, 2);
        using var sum = ones.sum();

        Assert.Equal(4, sum.Item<float>());
    }

    [Fact]
    public void EnsureLoaded_Twice_ChangesNothing()
    {
        LibtorchRuntime.EnsureLoaded();
        var first = LibtorchRuntime.Status;

        LibtorchRuntime.EnsureLoaded();

        Assert.StartsWith("libtorch: loaded", first);
        Assert.Equal(first, LibtorchRuntime.Status);
    }

    [Fact]
    public void Reference_Alone_LoadsNoNativeLibrary()
    {
        var answer = TorchApp.Ask("reference");

        Assert.Equal(["libtorch: not loaded by FcnSharp", "TorchSharp", "native:"], answer);
    }

    [Fact]
    public void Tensor_BeforeAnyTypeOfFcnSharp_Works()
    {
        var answer = TorchApp.Ask("tensor-first");

        Assert.Equal("4", answer[0]);
        Assert.StartsWith("libtorch: loaded", answer[1]);
        Assert.Contains("torch_cpu", answer[2]);
    }

    [Fact]
    public void EnsureLoaded_AndTensorsFromEightThreads_LoadOnce()
    {
        var answer = TorchApp.Ask("threads");

        Assert.Equal("32", answer[0]);
        Assert.Single(answer[1].Split(' '), library => library.Contains("LibTorchSharp", StringComparison.Ordinal));
    }

    [Fact]
    public void EnsureLoaded_WithoutABackendPackage_NamesTheFileAndThePackages()
    {
        var answer = TorchApp.AskWithoutBackend("ensure");

        Assert.StartsWith($"{NativePlatform.Current.FileName("c10")} cannot be loaded: it is in none of", answer[0]);
        Assert.Contains("package TorchSharp-cpu 0.107.0", answer[0]);
        Assert.Equal("native:", answer[1]);
    }

    [Fact]
    public void EnsureLoaded_WithADamagedFile_NamesIt()
    {
        var library = NativePlatform.Current.FileName("c10");

        var answer = TorchApp.AskWithoutBackend("ensure", folder =>
        {
            foreach (var name in (string[])["c10", "torch_cpu", "torch"])
            {
                File.WriteAllText(Path.Combine(folder, NativePlatform.Current.FileName(name)), "no library");
            }
        });

        Assert.StartsWith($"{library} cannot be loaded: the file is damaged or not built for ", answer[0]);
        Assert.Contains("The loader said: ", answer[0]);
    }

    [Fact]
    public void EnsureLoaded_WhereThePlainLoadWorks_TouchesNothing()
    {
        var answer = TorchApp.AskWithoutBackend("tensor-first", folder =>
        {
            LinkLibtorch(folder);
            PutLoadableTorchSharp(folder);
        });

        Assert.Equal(["4", "libtorch: loaded by .NET"], answer[..2]);
        Assert.DoesNotContain("memfd:", answer[2]);
    }

    [Fact]
    public void EnsureLoaded_WithLibtorchInAnotherFolder_LoadsItFirst()
    {
        var answer = TorchApp.AskWithoutBackend("tensor-first", folder =>
        {
            LinkLibtorch(Directory.CreateDirectory(Path.Combine(folder, "runtimes", NativePlatform.Current.Rid, "native")).FullName);
            PutLoadableTorchSharp(folder);
        });

        Assert.Equal("4", answer[0]);
        Assert.EndsWith(", after its dependencies", answer[1]);
    }

    [Fact]
    public void NativeFolders_OfAScriptHost_IncludeThePackages()
    {
        var root = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;
        try
        {
            var assembly = Directory.CreateDirectory(Path.Combine(root, "torchsharp", "0.107.0", "lib", "net8.0")).FullName;
            var native = Directory.CreateDirectory(
                Path.Combine(root, "libtorch-cpu-linux-x64", "2.10.0", "runtimes", "linux-x64", "native")).FullName;
            File.WriteAllText(Path.Combine(native, "libtorch.so"), "");

            var folders = new NativeFolders(NativeFolders.Beside(assembly, new NativePlatform("linux-x64")));

            Assert.Equal(Path.Combine(native, "libtorch.so"), folders.Find("libtorch.so"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void NativeFolders_KnowTheVersionOfLibtorchThatTorchSharpWants() =>
        Assert.StartsWith(NativeFolders.LibtorchVersion, torch.__version__);

    [Fact]
    public void CurrentPlatform_IsWhatDotNetSays() =>
        Assert.EndsWith(RuntimeInformation.ProcessArchitecture.ToString(), NativePlatform.Current.Rid, StringComparison.OrdinalIgnoreCase);

    private static string NativeFolder { get; } = Path.Combine(AppContext.BaseDirectory, "runtimes", NativePlatform.Current.Rid, "native");

    private static string TorchSharpLibrary { get; } = NativePlatform.Current.FileName(LibtorchLoader.TorchSharpLibrary);

    private static void LinkLibtorch(string folder)
    {
        foreach (var file in Directory.GetFiles(NativeFolder).Where(file => Path.GetFileName(file) != TorchSharpLibrary))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
        }
    }

    /// <summary>Copies a TorchSharp library that the system can load with any version of libstdc++.</summary>
    private static void PutLoadableTorchSharp(string folder)
    {
        var library = File.ReadAllBytes(Path.Combine(NativeFolder, TorchSharpLibrary));
        if (NativePlatform.Current.IsLinux)
        {
            ElfVersionNeeds.Weaken(library, LibtorchLoader.UnmetVersion, LibtorchLoader.UnmetVersionMarker);
        }

        File.WriteAllBytes(Path.Combine(folder, TorchSharpLibrary), library);
    }
}
