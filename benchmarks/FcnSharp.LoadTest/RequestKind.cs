namespace FcnSharp.LoadTest;

/// <summary>One of the things that honest clients send.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Weight">How often it is sent, compared with the others.</param>
/// <param name="Body">The bytes.</param>
/// <param name="ContentType">What they are sent as.</param>
/// <param name="Accept">What is asked for.</param>
/// <param name="Status">What the service shall answer, unless it is full (503) or too slow (504).</param>
/// <param name="IsRight">Whether the bytes of an answer of 200 are right; null where there is none.</param>
internal sealed record RequestKind(
    string Name, int Weight, byte[] Body, string ContentType, string Accept, int Status, Func<byte[], bool>? IsRight = null);
