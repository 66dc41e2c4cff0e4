namespace FcnSharp.Fuzz.Protocol;

/// <summary>The outcome of an input. All values except the first two are failures of the reader.</summary>
internal enum Outcome
{
    Sound,
    Refused,
    Untyped,
    BadMessage,
    OverBytes,
    OverWork,
    Crash,
}
