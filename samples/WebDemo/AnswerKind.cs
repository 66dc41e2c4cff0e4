using System.Text.Json;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace WebDemo;

/// <summary>A representation of a segmented picture.</summary>
/// <param name="Names">The media types that select it; the first is that of the response.</param>
/// <param name="Write">Writes the body of the response.</param>
internal sealed record AnswerKind(string[] Names, Action<Stream, Segmentation, AnswerOptions, JsonSerializerOptions> Write)
{
    private readonly MediaTypeHeaderValue[] types = [.. Names.Select(name => MediaTypeHeaderValue.Parse(name))];

    /// <summary>All kinds; a range such as "image/*" selects the first match.</summary>
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

    /// <summary>The Content-Type of the response.</summary>
    public string ContentType => types[0].MediaType.ToString();

    /// <summary>The kind for the matching range of highest quality; null if no range matches. No Accept header means JSON.</summary>
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

    /// <summary>Whether an offer matches a range such as "image/*" or "image/png;kind=colors;q=0.5". Parameters that no offer has, such as
    /// charset, are ignored.</summary>
    private static bool Matches(MediaTypeHeaderValue range, MediaTypeHeaderValue offer) =>
        new MediaTypeHeaderValue(offer.MediaType).IsSubsetOf(new MediaTypeHeaderValue(range.MediaType))
        && range.Parameters.Where(parameter => IsOurs(parameter.Name)).All(offer.Parameters.Contains)
        && offer.Parameters.All(range.Parameters.Contains);

    private static bool IsOurs(StringSegment name) =>
        name.Equals("labels", StringComparison.OrdinalIgnoreCase) || name.Equals("kind", StringComparison.OrdinalIgnoreCase);
}
