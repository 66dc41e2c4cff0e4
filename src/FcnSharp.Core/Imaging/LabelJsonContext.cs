using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace FcnSharp.Imaging;

/// <summary>Serialises without reflection.</summary>
[JsonSerializable(typeof(LabelMapJson))]
internal sealed partial class LabelJsonContext : JsonSerializerContext
{
    public static LabelJsonContext Readable { get; } = new(ReadableOptions());

    /// <summary>Indented, snake_case, names as written in any script, the same bytes on every system.</summary>
    public static JsonSerializerOptions ReadableOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };
}
