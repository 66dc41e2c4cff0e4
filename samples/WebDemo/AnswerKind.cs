using System.Text.Json;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace WebDemo;

/// <summary>One of the things that a segmented picture can be answered with.</summary>
/// <param name="Names">The media types that ask for it; what it is sent as comes first.</param>
/// <param name="Write">Writes the answer.</param>
internal sealed record AnswerKind(string[] Names, Action<Stream, Segmentation, AnswerOptions, JsonSerializerOptions> Write)
{
    private readonly MediaTypeHeaderValue[] types = [.. Names.Select(name => MediaTypeHeaderValue.Parse(name))];

    /// <summary>In the order in which a range such as "image/*" finds them.</summary>
    public static AnswerKind[] All { get; } =
    [
        new(["application/json"], (stream, result, options, json) =>
            JsonSerializer.Serialize(stream, result.ToJsonData(options.Regions), json)),
        new(["application/json;labels=runs"], (stream, result, options, json) =>
            JsonSerializer.Serialize(stream, result.ToJsonData(options.Regions, withLabels: true), json)),
        new(["image/png", "image/png;kind=overlay"], (stream, result, options, _) =>
            result.ToOverlay(options.Overlay).Write(stream, ImageFormat.Png)),
        new(["image/png;kind=colors"], (stream, result, _, _) => result.ToColorMap().Write(stream, ImageFormat.Png)),
        new(["image/png;kind=labels"], (stream, result, _, _) => result.Labels.Write(stream, result.Classes.Palette)),
    ];

    /// <summary>What the answer is sent as.</summary>
    public string ContentType => types[0].MediaType.ToString();

    /// <summary>The answer for the range that the client likes best; null if there is none. No Accept header means JSON.</summary>
    public static AnswerKind? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
        {
            return All[0];
        }

        return MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            ? ranges.Where(range => range.Quality != 0)
                .OrderByDescending(range => range, MediaTypeHeaderValueComparer.QualityComparer)
                .Select(range => Array.Find(All, kind => Array.Exists(kind.types, type => Matches(range, type))))
                .FirstOrDefault(kind => kind is not null)
            : null;
    }

    /// <summary>Whether a range such as "image/*" or "image/png;kind=colors;q=0.5" is met. Parameters that no offer has, such as charset,
    /// ask for nothing.</summary>
    private static bool Matches(MediaTypeHeaderValue range, MediaTypeHeaderValue offer) =>
        new MediaTypeHeaderValue(offer.MediaType).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType))
        && range.Parameters.Where(parameter => IsOurs(parameter.Name)).All(offer.Parameters.Contains)
        && offer.Parameters.All(range.Parameters.Contains);

    private static bool IsOurs(StringSegment name) =>
        name.Equals("labels", StringComparison.OrdinalIgnoreCase) || name.Equals("kind", StringComparison.OrdinalIgnoreCase);
}
