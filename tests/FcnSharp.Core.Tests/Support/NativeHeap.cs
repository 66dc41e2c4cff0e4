using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FcnSharp.Tests.Support;

/// <summary>Native memory of the process that is in use.</summary>
/// <remarks>From the statistics of the GNU C library; on other systems, the resident set.</remarks>
internal static unsafe class NativeHeap
{
    private static readonly delegate* unmanaged<MallInfo> Count =
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "mallinfo2", out var function)
            ? (delegate* unmanaged<MallInfo>)function
            : null;

    /// <summary>Tolerance for allocations of the runtime's compiler and collector, in bytes: 5 MB were measured. Tests look for larger
    /// leaks.</summary>
    public static long Noise => Count is null ? 50_000_000 : 8_000_000;

    /// <summary>Bytes, after a collection and the finalizers.</summary>
    public static long Bytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (Count is null)
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }

        var native = Count();
        return (long)(native.BytesInHeaps + native.BytesOfTheirOwn);
    }

    /// <summary>mallinfo2(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallInfo
    {
        public readonly nuint Heaps, FreeChunks, FreeFastChunks, Mappings, BytesOfTheirOwn, Unused, FreeFastBytes, BytesInHeaps, FreeBytes,
            Trimmable;
    }
}
