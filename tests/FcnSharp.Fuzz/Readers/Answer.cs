namespace FcnSharp.Fuzz.Readers;

/// <summary>What a reader made of an input that it did not throw at.</summary>
/// <param name="Refusal">Why the input is refused, where a reader says so without an exception; null for a sound one.</param>
/// <param name="ExtraBytes">Bytes of what the reader was right to make beyond what the file holds, such as a backbone's new head.</param>
internal readonly record struct Answer(string? Refusal = null, long ExtraBytes = 0);
