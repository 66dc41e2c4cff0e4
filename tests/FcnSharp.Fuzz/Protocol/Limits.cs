using FcnSharp.Fuzz.Readers;
using FcnSharp.Imaging;
using SkiaSharp;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>Limits for one input, as in docs/reference/robustness.md.</summary>
internal static class Limits
{
    /// <summary>The limit for the memory of a child process, in bytes, above which the parent ends the process.</summary>
    public const long ChildMemory = 2L << 30;

    /// <summary>The limit for the managed heap of a child process, in bytes; the runtime enforces it.</summary>
    public const long ChildHeap = 1L << 30;

    /// <summary>The longest message, in characters.</summary>
    public const int MessageLength = 400;

    private const long Megabyte = 1 << 20;
    private const long BaseBytes = 64 * Megabyte;
    private const int BytesPerFileByte = 4;
    private const int BytesPerPixel = 8;

    /// <summary>The limit for tensors that a reader initialises because the file lacks them, in bytes.</summary>
    private const long MaxExtraBytes = 128 * Megabyte;

    /// <summary>Tolerance for memory of the garbage collector and the compiler, in bytes.</summary>
    private const long PeakSlack = 48 * Megabyte;

    private static readonly TimeSpan WorkFloor = TimeSpan.FromSeconds(2);

    /// <summary>Processor time for an input: two seconds, and one for each 10 MB of the file.</summary>
    public static TimeSpan Work(long fileLength) => WorkFloor + TimeSpan.FromTicks(fileLength);

    /// <summary>Whether an input exceeded the limit for memory.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="input">The file.</param>
    /// <param name="answer">The reader's result; null after an exception.</param>
    /// <param name="exception">The exception; null for none.</param>
    /// <param name="allocated">Managed bytes allocated.</param>
    /// <param name="peak">The growth of the process during the read, in bytes.</param>
    public static bool IsOverBytes(Reader reader, Input input, Answer? answer, Exception? exception, long allocated, long peak)
    {
        if (exception is ImageFileException { ExceedsMaxPixels: true })
        {
            return allocated > Megabyte + input.Bytes.Length || peak > PeakSlack + input.Bytes.Length;
        }

        var bound = BaseBytes + (BytesPerFileByte * (long)input.Bytes.Length) + Math.Min(answer?.ExtraBytes ?? 0, MaxExtraBytes);
        return (allocated > bound || peak > bound + PeakSlack)
            && (!reader.ReadsPictures || IsOver(bound + (BytesPerPixel * ClaimedPixels(input.Bytes))));

        bool IsOver(long limit) => allocated > limit || peak > limit + PeakSlack;
    }

    /// <summary>The number of pixels that the picture's header states.</summary>
    private static long ClaimedPixels(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec is null ? 0 : (long)codec.Info.Width * codec.Info.Height;
    }
}
