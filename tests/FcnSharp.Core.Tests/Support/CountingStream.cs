namespace FcnSharp.Tests.Support;

/// <summary>A seekable stream that counts the bytes read.</summary>
internal sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
{
    public long BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Counted(base.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Counted(base.Read(buffer));

    public override int ReadByte()
    {
        BytesRead++;
        return base.ReadByte();
    }

    private int Counted(int count)
    {
        BytesRead += count;
        return count;
    }
}
