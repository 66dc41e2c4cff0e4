namespace FcnSharp.Imaging;

/// <summary>Writes every buffer as one IDAT chunk of a PNG. Wrap it in a buffered stream to avoid small chunks. Disposing it leaves the
/// output open.</summary>
internal sealed class PngDataStream(Stream output) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("A PNG's data is written front to back; it has no length yet.");

    public override long Position
    {
        get => throw new NotSupportedException("A PNG's data is written front to back; it has no position.");
        set => throw new NotSupportedException("A PNG's data is written front to back; it has no position.");
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!buffer.IsEmpty)
        {
            PngWriter.WriteChunk(output, "IDAT"u8, buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("This stream is write-only.");

    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException("A PNG's data is written front to back.");

    public override void SetLength(long value) =>
        throw new NotSupportedException("A PNG's data is written front to back.");
}
