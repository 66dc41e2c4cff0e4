using System.Globalization;
using System.Text;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>What became of one input.</summary>
/// <param name="Outcome">The kind.</param>
/// <param name="Signature">What failures of the same cause share.</param>
/// <param name="Detail">The exception and where it came from, or the figures, for people.</param>
internal sealed record Verdict(Outcome Outcome, string Signature = "", string Detail = "")
{
    public bool IsFailure => Outcome is not (Outcome.Sound or Outcome.Refused);

    /// <summary>One line without blanks in its parts.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{(int)Outcome} {Packed(Signature)} {Packed(Detail)}");

    public static Verdict FromLine(ReadOnlySpan<char> line)
    {
        var parts = line.ToString().Split(' ');
        return new Verdict((Outcome)int.Parse(parts[0], CultureInfo.InvariantCulture), Unpacked(parts[1]), Unpacked(parts[2]));
    }

    private static string Packed(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Unpacked(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
