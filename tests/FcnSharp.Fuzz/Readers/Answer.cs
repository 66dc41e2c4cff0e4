namespace FcnSharp.Fuzz.Readers;

/// <summary>The result of a reader that did not throw.</summary>
/// <param name="Refusal">The reason, if the reader refuses the input without an exception; null for a valid input.</param>
/// <param name="ExtraBytes">Size of allowed data that the file does not contain, such as the new head of a backbone, in bytes.</param>
internal readonly record struct Answer(string? Refusal = null, long ExtraBytes = 0);
