using System.Globalization;

namespace FcnSharp.Cli.Commands;

/// <summary>Parses amounts of memory with units.</summary>
internal static class ByteSize
{
    private const long Least = 1 << 20;

    /// <summary>The bytes of <c>512MB</c>, <c>2GB</c> and so on, with units of powers of 1024; null after an error.</summary>
    public static long? Parse(string text, Action<string> refuse)
    {
        var digits = text.TrimEnd('i', 'I', 'b', 'B', 'm', 'M', 'g', 'G', 'k', 'K');
        long? unit = text[digits.Length..].ToUpperInvariant() switch
        {
            "K" or "KB" or "KIB" => 1 << 10,
            "M" or "MB" or "MIB" => 1 << 20,
            "G" or "GB" or "GIB" => 1 << 30,
            "" or "B" => 1,
            _ => null,
        };
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount * unit is >= Least and < long.MaxValue)
        {
            return (long)(amount * unit!.Value);
        }

        refuse($"--max-memory takes an amount such as 512MB or 2GB, at least 1MB, but got \"{text}\".");
        return null;
    }
}
