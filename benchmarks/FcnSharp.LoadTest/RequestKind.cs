namespace FcnSharp.LoadTest;

/// <summary>A kind of request of normal clients.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Weight">The relative frequency.</param>
/// <param name="Body">The body of the request.</param>
/// <param name="ContentType">The Content-Type header.</param>
/// <param name="Accept">The Accept header.</param>
/// <param name="Status">The expected status, unless the service is busy (503) or times out (504).</param>
/// <param name="IsRight">Whether the body of a response with status 200 is correct; null if another status is expected.</param>
internal sealed record RequestKind(
    string Name, int Weight, byte[] Body, string ContentType, string Accept, int Status, Func<byte[], bool>? IsRight = null);
