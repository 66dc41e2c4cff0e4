using System.Globalization;
using System.Text;
using System.Text.Json;
using FcnSharp.Imaging;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>
/// The metadata strings that make a model file self-describing. Lists are JSON arrays, so that any language can write them with a
/// JSON library. Keys: format_version, variant, layout, num_classes, trunk, batch_norm, at_once; widths of a VGG; block, blocks and
/// width of a ResNet; name, classes, palette, mean, std, working_size, working_side,
/// temperature, license, training, scores.
/// </summary>
internal static class ModelMetadata
{
    private const string Version = "1";
    private const string AtOnceKey = "at_once";

    /// <summary>The longest value that is read, in characters; 255 class names take far less.</summary>
    public const int MaxTextLength = 1 << 16;

    public static IReadOnlyDictionary<string, string> Write(NetworkOptions options, ModelCard card)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["format_version"] = Version };
        foreach (var (key, value) in Describe(options))
        {
            texts[key] = value;
        }

        Add("name", card.Name);
        Add("classes", card.Classes is { } named ? Json([.. named.Select(info => info.Name)]) : null);
        Add("palette", card.Classes is { } coloured ? Json([.. coloured.Select(info => info.Color.ToString())]) : null);
        Add("mean", card.Normalization is { } shifted ? Json(shifted.Mean) : null);
        Add("std", card.Normalization is { } scaled ? Json(scaled.Deviation) : null);
        Add("working_size", card.WorkingSize?.ToString(CultureInfo.InvariantCulture));
        Add("working_side", card.WorkingSide == WorkingSide.Shorter ? Text(card.WorkingSide) : null);
        Add("temperature", card.Temperature?.ToString("R", CultureInfo.InvariantCulture));
        Add("license", card.License);
        Add("training", card.Training);
        Add("scores", card.Scores);
        return texts;

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                texts[key] = text;
            }
        }
    }

    /// <summary>Reads the card, and completes and checks the options that were inferred from the tensors.</summary>
    /// <exception cref="WeightFileException">The metadata are of a later version, unreadable, or contradict the tensors.</exception>
    public static (NetworkOptions Options, ModelCard Card) Read(
        string path, IReadOnlyDictionary<string, string> texts, NetworkOptions fromTensors)
    {
        if (!texts.TryGetValue("format_version", out var version))
        {
            return (fromTensors, ModelCard.Empty);
        }

        if (version != Version)
        {
            throw new WeightFileException(path, $"has metadata of format_version {FileText.Shown(version)}; " +
                $"this library reads {Version}.", "Update FcnSharp, or save the model again.");
        }

        try
        {
            foreach (var (key, told) in Describe(fromTensors))
            {
                if (key != AtOnceKey && Said(texts, key) is { } text && text.Replace(" ", "", StringComparison.Ordinal) != told)
                {
                    throw new WeightFileException(path, $"says {key} = {FileText.Shown(text)} in its metadata, " +
                        $"but its tensors have {told}.", "Write the metadata of this network.");
                }
            }

            var options = fromTensors is FcnOptions fcn ? fcn with { AtOnce = Said(texts, AtOnceKey) == Text(true) } : fromTensors;
            options.Validate();
            var card = ReadCard(texts);
            return card.Classes is { } classes && classes.Count != options.NumClasses
                ? throw new WeightFileException(path, $"names {classes.Count} classes in its metadata, " +
                    $"but its network scores {options.NumClasses}.", "Name every class, background included.")
                : (options, card);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new WeightFileException(
                path, $"has metadata that cannot be read: {FileText.Line(exception.Message)}", "Save the model again.", exception);
        }
    }

    private static ModelCard ReadCard(IReadOnlyDictionary<string, string> texts) => new()
    {
        Name = Said(texts, "name"),
        Classes = Said(texts, "classes") is { } names ? Classes(names, Said(texts, "palette")) : null,
        Normalization = Said(texts, "mean") is { } mean && Said(texts, "std") is { } deviation
            ? new Normalization(Channels(mean), Channels(deviation))
            : null,
        WorkingSize = Said(texts, "working_size") is { } size ? Size(size) : null,
        WorkingSide = Said(texts, "working_side") switch
        {
            null or "longer" => WorkingSide.Longer,
            "shorter" => WorkingSide.Shorter,
            { } side => throw new FormatException($"working_side is {FileText.Shown(side)}, but must be longer or shorter."),
        },
        Temperature = Said(texts, "temperature") is { } temperature ? Factor(temperature) : null,
        License = Said(texts, "license"),
        Training = Said(texts, "training"),
        Scores = Said(texts, "scores"),
    };

    /// <summary>The value of a key; null if there is none.</summary>
    private static string? Said(IReadOnlyDictionary<string, string> texts, string key) =>
        texts.GetValueOrDefault(key) is not { } text ? null
            : text.Length <= MaxTextLength ? text
            : throw new FormatException($"{key} has {text.Length} characters; at most {MaxTextLength} are read.");

    private static int Size(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new FormatException($"working_size is {FileText.Shown(text)}, not a number of pixels.");

    private static double Factor(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
            ? factor
            : throw new FormatException($"temperature is {FileText.Shown(text)}, not a number.");

    private static ClassList Classes(string names, string? palette)
    {
        var list = Elements(names, JsonTokenType.String);
        return palette is null
            ? new ClassList(list)
            : new ClassList(list, new Palette(Elements(palette, JsonTokenType.String).Select(RgbColor.Parse)));
    }

    private static ChannelValues Channels(string text) =>
        Elements(text, JsonTokenType.Number) is [var r, var g, var b]
            ? new ChannelValues(Number(r), Number(g), Number(b))
            : throw new FormatException($"{FileText.Shown(text)} is not three numbers.");

    private static float Number(string text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The elements of a JSON array, numbers as written. Reads token by token: a serializer takes longer to start than a network
    /// takes to load.</summary>
    private static List<string> Elements(string json, JsonTokenType kind)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var elements = new List<string>();
        var opens = reader.Read() && reader.TokenType == JsonTokenType.StartArray;
        while (opens && reader.Read() && reader.TokenType == kind)
        {
            elements.Add(kind == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan));
        }

        return reader.TokenType == JsonTokenType.EndArray && !reader.Read()
            ? elements
            : throw new FormatException(
                $"{FileText.Shown(json)} is not a JSON array of {(kind == JsonTokenType.String ? "strings" : "numbers")}.");
    }

    private static string Json(string[] texts) => Array(json =>
    {
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }
    });

    private static string Json(ChannelValues values) => Array(json =>
    {
        json.WriteNumberValue(values.R);
        json.WriteNumberValue(values.G);
        json.WriteNumberValue(values.B);
    });

    private static string Array(Action<Utf8JsonWriter> writeElements)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            writeElements(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The metadata that describe a network's structure. All except at_once can be inferred from the tensors.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(NetworkOptions options) =>
    [
        .. options is FcnOptions fcn
            ? new KeyValuePair<string, string>[]
            {
                new("variant", Text(fcn.Variant)), new("layout", Text(fcn.Layout)), new(AtOnceKey, Text(fcn.AtOnce)),
            }
            : options is DilatedFcnOptions ? [new("variant", "dilated")]
            : [],
        new("num_classes", options.NumClasses.ToString(CultureInfo.InvariantCulture)),
        new("batch_norm", Text(options.Trunk.BatchNorm)),
        .. options.Trunk switch
        {
            VggTrunkOptions vgg => new KeyValuePair<string, string>[] { new("trunk", "vgg"), new("widths", Text(vgg.Widths)) },
            ResNetTrunkOptions resNet =>
            [
                new("trunk", "resnet"),
                new("block", Text(resNet.Block)),
                new("blocks", $"[{resNet.Blocks.ToString().Replace(" ", "", StringComparison.Ordinal)}]"),
                new("width", resNet.Width.ToString(CultureInfo.InvariantCulture)),
            ],
            _ => [],
        },
    ];

    private static string Text(VggWidths widths) =>
        $"[{widths.Stage1},{widths.Stage2},{widths.Stage3},{widths.Stage4},{widths.Stage5},{widths.Head}]";

    private static string Text<T>(T value)
        where T : notnull =>
        value.ToString()!.ToLowerInvariant();
}
