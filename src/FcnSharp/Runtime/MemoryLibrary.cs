using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FcnSharp.Runtime;

/// <summary>Loads a native library from memory, through a file that exists in no folder (Linux).</summary>
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;

    /// <param name="name">What debuggers and <c>/proc/self/maps</c> call the file.</param>
    /// <param name="image">The whole library.</param>
    /// <exception cref="IOException">The system gave no memory file.</exception>
    /// <exception cref="DllNotFoundException">The dynamic loader refused the library; the message has its reason.</exception>
    public static nint Load(string name, ReadOnlySpan<byte> image)
    {
        var descriptor = CreateMemoryFile(name, CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"memfd_create failed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        // Stays open once the library is loaded: the number is part of its path, which must never name another file.
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            RandomAccess.Write(file, image, fileOffset: 0);
            var library = NativeLibrary.Load($"/proc/self/fd/{descriptor}");
            file.SetHandleAsInvalid();
            return library;
        }
        finally
        {
            file.Dispose();
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
