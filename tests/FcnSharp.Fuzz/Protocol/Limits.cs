using FcnSharp.Fuzz.Readers;
using FcnSharp.Imaging;
using SkiaSharp;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>What one input may cost: the bounds of docs/reference/robustness.md.</summary>
internal static class Limits
{
    /// <summary>What a child process may hold, in bytes: beyond it the parent ends it.</summary>
    public const long ChildMemory = 2L << 30;

    /// <summary>What a child's managed heap may hold, in bytes; the runtime enforces it.</summary>
    public const long ChildHeap = 1L << 30;

    /// <summary>The longest message, in characters.</summary>
    public const int MessageLength = 400;

    private const long Megabyte = 1 << 20;
    private const long BaseBytes = 64 * Megabyte;
    private const int BytesPerFileByte = 4;
    private const int BytesPerPixel = 8;

    /// <summary>Beyond this, no network may be made of what a file lacks.</summary>
    private const long MaxExtraBytes = 128 * Megabyte;

    /// <summary>What the process holds for the collector and the compiler besides, when its peak is judged.</summary>
    private const long PeakSlack = 48 * Megabyte;

    private static readonly TimeSpan WorkFloor = TimeSpan.FromSeconds(2);

    /// <summary>Processor time for an input: two seconds, and one for each 10 MB of the file.</summary>
    public static TimeSpan Work(long fileLength) => WorkFloor + TimeSpan.FromTicks(fileLength);

    /// <summary>Whether an input took more memory than it may.</summary>
    /// <param name="reader">What read it.</param>
    /// <param name="input">The file.</param>
    /// <param name="answer">What came of it; null after an exception.</param>
    /// <param name="exception">The exception; null for none.</param>
    /// <param name="allocated">Managed bytes allocated.</param>
    /// <param name="peak">By how much the process grew while reading, in bytes.</param>
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

    /// <summary>What a picture's header says.</summary>
    private static long ClaimedPixels(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        return codec is null ? 0 : (long)codec.Info.Width * codec.Info.Height;
    }
}
