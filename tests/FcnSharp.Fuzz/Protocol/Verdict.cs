using System.Globalization;
using System.Text;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>The outcome of one input.</summary>
/// <param name="Outcome">The kind of outcome.</param>
/// <param name="Signature">A text that failures of the same cause have in common.</param>
/// <param name="Detail">The exception with its stack frames, or the measured values.</param>
internal sealed record Verdict(Outcome Outcome, string Signature = "", string Detail = "")
{
    public bool IsFailure => Outcome is not (Outcome.Sound or Outcome.Refused);

    /// <summary>Formats the verdict as one line; its parts have no blanks.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{(int)Outcome} {Packed(Signature)} {Packed(Detail)}");

    public static Verdict FromLine(ReadOnlySpan<char> line)
    {
        var parts = line.ToString().Split(' ');
        return new Verdict((Outcome)int.Parse(parts[0], CultureInfo.InvariantCulture), Unpacked(parts[1]), Unpacked(parts[2]));
    }

    private static string Packed(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Unpacked(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
