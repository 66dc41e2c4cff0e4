using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FcnSharp.Runtime;

/// <summary>Loads a native library from memory, through an anonymous file (Linux).</summary>
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;

    /// <param name="name">Name of the file in debuggers and <c>/proc/self/maps</c>.</param>
    /// <param name="image">The whole library.</param>
    /// <exception cref="IOException">The system could not create an anonymous file.</exception>
    /// <exception cref="DllNotFoundException">The dynamic loader refused the library; the message states the reason.</exception>
    public static nint Load(string name, ReadOnlySpan<byte> image)
    {
        var descriptor = CreateMemoryFile(name, CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"memfd_create failed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        // Stays open after the library is loaded: the descriptor is part of its path, which must never refer to another file.
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
