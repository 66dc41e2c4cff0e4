using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Files of lines: lists of names, classes and numbers.</summary>
internal static class TextGrammars
{
    public static Format Names { get; } = new("name list", WriteNames, ManyNames, LongLine);

    public static Format Classes { get; } = new("class list", dice => Lines(dice, id => Class(dice, id)), ManyNames, LongLine);

    /// <summary>Names of existing files.</summary>
    public static ImmutableArray<string> SoundNames { get; } = ["a", "b", "sub/c", "street_001", "street.2"];

    public static Format Csv { get; } = new("csv", WriteCsv, ManyRows, LongLine);

    /// <summary>Names of files, each ended by a zero byte.</summary>
    public static Format FileNames { get; } = new("file names", dice =>
        Encoding.UTF8.GetBytes(string.Join('\0', Enumerable.Range(0, dice.Between(1, 8)).Select(id => FileName(dice, id)))));

    private static byte[] WriteNames(Dice dice)
    {
        string[] names = [.. SoundNames];
        dice.Shuffle(names);
        return Lines(dice, id => names[id % names.Length] + dice.Pick("", ".png", ".jpg"));
    }

    private static byte[] Lines(Dice dice, Func<int, string> line)
    {
        var count = dice.Odd() ? dice.Size(400) : dice.Between(1, 5);
        var text = new StringBuilder();
        for (var id = 0; id < count; id++)
        {
            text.Append(dice.Text(line(id))).Append(dice.Odd() ? dice.Pick("\r", "", "\n\n", "\u2028") : "\n");
        }

        return Encode(dice, text.ToString());
    }

    /// <summary>Encodes as UTF-8 or another encoding, with a wrong byte order mark, or truncated within a character.</summary>
    private static byte[] Encode(Dice dice, string text)
    {
        if (dice.IsSound || !dice.OneIn(10))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var encoding = dice.Pick(Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.Latin1);
        byte[] mark = dice.OneIn(3)
            ? dice.Pick<byte[]>([0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [0, 0, 0xFE, 0xFF], [0xFF, 0xFE, 0, 0])
            : encoding.GetPreamble();
        var bytes = encoding.GetBytes(text);
        return [.. mark, .. dice.OneIn(2) ? bytes : bytes[..dice.Below(bytes.Length + 1)]];
    }

    private static string Class(Dice dice, int id) => dice.Below(4) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"class {id} #{id + 1:x6}"),
        1 when dice.Odd() => $"ignore {dice.Pick("#000000", "#zzz", "#12345678")}",
        _ => string.Create(CultureInfo.InvariantCulture, $"class {id}"),
    };

    private static string FileName(Dice dice, int id)
    {
        var name = dice.Odd() ? dice.OddText().Replace('\0', '_').Replace('/', '_') : $"name{id}";
        var ending = dice.Odd() ? dice.Pick("", ".PNG", ".png.png", ".txt", ".") : dice.Pick(".png", ".jpg");
        return name[..Math.Min(60, name.Length)] + ending;
    }

    private static byte[] WriteCsv(Dice dice)
    {
        var text = new StringBuilder(dice.Text("step,stage,epoch,loss,learning_rate,pictures_per_second,waiting_share")).Append('\n');
        for (var row = dice.Between(0, 12); row > 0; row--)
        {
            text.Append(CultureInfo.InvariantCulture, $"{dice.Number(dice.Below(20))},1,1,{dice.Text("0.5")},{dice.Text("0.001")},1,0");
            text.Append(dice.Odd() ? dice.Pick("", "\r", "\n\n") : "\n");
        }

        return Encode(dice, text.ToString());
    }

    private static byte[] ManyNames(Dice dice)
    {
        var same = dice.OneIn(4);
        return Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, dice.Size(300_000)).Select(i => same ? "a" : $"n{i}")));
    }

    private static byte[] ManyRows(Dice dice)
    {
        var row = dice.Pick("1,0,0,0,0\n", "\n", "1\n", ",\n");
        return Encoding.UTF8.GetBytes("step\n" + string.Concat(Enumerable.Repeat(row, dice.Size(500_000))));
    }

    private static byte[] LongLine(Dice dice)
    {
        var letter = dice.Pick('a', '1', ',', '/', '\\', ' ', '\u0001');
        return Encoding.UTF8.GetBytes(dice.Pick("", "a\n", "step\n") + new string(letter, dice.Size(4_000_000)));
    }
}
