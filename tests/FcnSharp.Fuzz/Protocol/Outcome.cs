namespace FcnSharp.Fuzz.Protocol;

/// <summary>What became of an input. All but the first two are failures of the reader.</summary>
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
