using System.Globalization;
using FcnSharp.Networks;

namespace FcnSharp.Fuzz.Generators;

/// <summary>The strings that describe a network in its model file: options, class lists, palettes, normalisation.</summary>
internal static class CardGrammar
{
    public static List<KeyValuePair<string, string>> Draw(Dice dice, NetworkOptions options)
    {
        var classes = dice.Odd() ? dice.Size(400) : options.NumClasses;
        List<KeyValuePair<string, string>> texts =
        [
            new("format_version", dice.Text("1")),
            new("variant", dice.Text(options is FcnOptions fcn ? Lower(fcn.Variant) : "dilated")),
            new("layout", dice.Text(Lower((options as FcnOptions)?.Layout ?? FcnLayout.Compact))),
            new("num_classes", Number(dice, options.NumClasses)),
            .. Trunk(dice, options.Trunk),
            new("batch_norm", dice.Text(Lower(options.Trunk.BatchNorm))),
            new("at_once", dice.Text("false")),
            new("name", dice.Text("drawn")),
            new("classes", JsonText.List(Enumerable.Range(0, classes).Select(id => JsonText.Quote(dice, dice.Text($"class {id}"))))),
            new("palette", JsonText.List(Enumerable.Range(0, classes).Select(id => JsonText.Quote(dice, Color(dice, id))))),
            new("mean", JsonText.List(Enumerable.Range(0, 3).Select(_ => Fraction(dice, "0.485")))),
            new("std", JsonText.List(Enumerable.Range(0, 3).Select(_ => Fraction(dice, "0.229")))),
            new("working_size", Number(dice, dice.Between(1, 600))),
            new("working_side", dice.Text(dice.Pick("longer", "shorter"))),
            new("temperature", Fraction(dice, "1.5")),
            new("license", dice.Text("MIT")),
            new("training", dice.Text("none")),
            new("scores", dice.Text("none")),
        ];
        texts.RemoveAll(_ => dice.Odd());
        if (dice.Odd())
        {
            texts.Add(new(texts.Count > 0 ? texts[0].Key : "name", dice.OddText()));
        }

        return texts;
    }

    private static IEnumerable<KeyValuePair<string, string>> Trunk(Dice dice, TrunkOptions trunk) => trunk switch
    {
        ResNetTrunkOptions { Blocks: var blocks } resNet =>
        [
            new("trunk", dice.Text("resnet")),
            new("block", dice.Text(Lower(resNet.Block))),
            new("blocks", Numbers(dice, blocks.Stage1, blocks.Stage2, blocks.Stage3, blocks.Stage4)),
            new("width", Number(dice, resNet.Width)),
        ],
        VggTrunkOptions { Widths: var widths } =>
        [
            new("trunk", dice.Text("vgg")),
            new("widths", Numbers(dice, widths.Stage1, widths.Stage2, widths.Stage3, widths.Stage4, widths.Stage5, widths.Head)),
        ],
        _ => [],
    };

    private static string Numbers(Dice dice, params int[] numbers) =>
        JsonText.List(numbers.Select(number => JsonText.Number(dice, number)));

    private static string Color(Dice dice, int id) =>
        dice.Odd() ? dice.Pick("#12", "#GGGGGG", "red", "#1234567", "") : string.Create(CultureInfo.InvariantCulture, $"#{id + 1:X6}");

    private static string Fraction(Dice dice, string sound) =>
        dice.Odd() ? dice.Pick("0", "-1", "1e300", "1e-300", "NaN", "0.5.5", "\"0.5\"", "") : sound;

    private static string Number(Dice dice, int sound) =>
        dice.Odd() ? dice.Pick("-1", "0", "99999999999", "1.5", "", "NaN") : sound.ToString(CultureInfo.InvariantCulture);

    private static string Lower<T>(T value)
        where T : notnull => value.ToString()!.ToLowerInvariant();
}
