using System.Buffers;
using System.Threading.RateLimiting;

namespace WebDemo;

/// <summary>
/// Buffers the bytes of one response in pieces from a pool. Each piece acquires a permit before it is filled and releases it when it has
/// been sent or the client has disconnected.
/// </summary>
/// <param name="room">Has one permit for each piece that all responses together may hold.</param>
/// <param name="contentType">The media type of the response.</param>
internal sealed class AnswerBytes(ConcurrencyLimiter room, string contentType) : Stream
{
    public const int PieceBytes = 1 << 16;

    private readonly Queue<(byte[] Bytes, RateLimitLease Room)> pieces = [];
    private byte[] last = [];
    private long length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    /// <summary>Middleware that sends the response that the rest of the pipeline buffered, if any.</summary>
    public static async Task SendAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<AnswerBytes>() is { } answer)
        {
            await answer.SendAsync(context.Response, context.RequestAborted);
        }
    }

    /// <exception cref="BadHttpRequestException">No permit is left.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var filled = (int)(length % PieceBytes);
            if (filled == 0)
            {
                AddPiece();
            }

            var part = buffer[..Math.Min(buffer.Length, PieceBytes - filled)];
            part.CopyTo(last.AsSpan(filled));
            length += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        while (pieces.TryDequeue(out var piece))
        {
            Free(piece);
        }

        base.Dispose(disposing);
    }

    private static void Free((byte[] Bytes, RateLimitLease Room) piece)
    {
        ArrayPool<byte>.Shared.Return(piece.Bytes);
        piece.Room.Dispose();
    }

    private void AddPiece()
    {
        var lease = room.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            throw Problems.Busy();
        }

        last = ArrayPool<byte>.Shared.Rent(PieceBytes);
        pieces.Enqueue((last, lease));
    }

    private async Task SendAsync(HttpResponse response, CancellationToken clientLeft)
    {
        response.ContentType = contentType;
        response.ContentLength = length;
        response.Headers.Vary = "Accept";
        for (var rest = length; pieces.TryPeek(out var piece); rest -= PieceBytes)
        {
            // Waits while the server's buffer of 64 KiB per connection is full.
            await response.Body.WriteAsync(piece.Bytes.AsMemory(0, (int)Math.Min(rest, PieceBytes)), clientLeft);
            Free(pieces.Dequeue());
        }
    }
}
