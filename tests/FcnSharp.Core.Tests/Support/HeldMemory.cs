using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FcnSharp.Tests.Support;

/// <summary>Memory of the process that is in use, managed and native, after a collection.</summary>
/// <remarks>The GNU C library counts what its callers have not freed, to the byte. Elsewhere the resident set stands for it.</remarks>
internal static unsafe class HeldMemory
{
    private static readonly delegate* unmanaged<MallInfo> Count =
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "mallinfo2", out var function)
            ? (delegate* unmanaged<MallInfo>)function
            : null;

    /// <summary>What caches and the runtime itself may add or take away.</summary>
    public static long Noise => Count is null ? 50_000_000 : 1_000_000;

    /// <summary>Bytes.</summary>
    public static long Bytes()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers();
        if (Count is null)
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }

        var native = Count();
        return managed + (long)(native.BytesInHeaps + native.BytesOfTheirOwn);
    }

    /// <summary>mallinfo2(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallInfo
    {
        public readonly nuint Heaps, FreeChunks, FreeFastChunks, Mappings, BytesOfTheirOwn, Unused, FreeFastBytes, BytesInHeaps, FreeBytes,
            Trimmable;
    }
}
