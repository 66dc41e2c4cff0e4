using System.Net;

namespace FcnSharp.WebDemoTests;

/// <summary>Wraps a content that is sent without a length.</summary>
internal sealed class ChunkedContent : HttpContent
{
    private readonly HttpContent inner;

    public ChunkedContent(HttpContent inner)
    {
        this.inner = inner;
        Headers.ContentType = inner.Headers.ContentType;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => inner.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
