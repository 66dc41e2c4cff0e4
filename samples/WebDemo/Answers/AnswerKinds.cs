using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace WebDemo.Answers;

/// <summary>Finds the answer that an Accept header asks for.</summary>
internal static class AnswerKinds
{
    private static readonly (MediaTypeHeaderValue Type, AnswerKind Kind)[] Offers =
    [
        (new("application/json"), AnswerKind.Json),
        (MediaTypeHeaderValue.Parse("application/json;labels=runs"), AnswerKind.JsonWithLabels),
        (new("image/png"), AnswerKind.Overlay),
        (MediaTypeHeaderValue.Parse("image/png;kind=overlay"), AnswerKind.Overlay),
        (MediaTypeHeaderValue.Parse("image/png;kind=colors"), AnswerKind.Colors),
        (MediaTypeHeaderValue.Parse("image/png;kind=labels"), AnswerKind.Labels),
    ];

    /// <summary>What may be asked for, as it is written in the header.</summary>
    public static IEnumerable<string> MediaTypes => Offers.Select(offer => offer.Type.ToString());

    /// <summary>The media types that a kind of answer is asked for with.</summary>
    public static IEnumerable<string> MediaTypesOf(AnswerKind kind) =>
        Offers.Where(offer => offer.Kind == kind).Select(offer => offer.Type.ToString());

    /// <summary>The first offer for the range that the client likes best; null if there is none. No header means JSON.</summary>
    public static AnswerKind? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept))
        {
            return AnswerKind.Json;
        }

        return MediaTypeHeaderValue.TryParseList(accept, out var ranges)
            ? ranges.Where(range => range.Quality != 0)
                .OrderByDescending(range => range, MediaTypeHeaderValueComparer.QualityComparer)
                .Select(range => Array.FindIndex(Offers, offer => Matches(range, offer.Type)))
                .Where(index => index >= 0)
                .Select(index => (AnswerKind?)Offers[index].Kind)
                .FirstOrDefault()
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
