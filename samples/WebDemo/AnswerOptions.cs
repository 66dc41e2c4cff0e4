using System.ComponentModel;
using FcnSharp.Imaging;
using Microsoft.AspNetCore.Mvc;

namespace WebDemo;

/// <summary>Options of the response, from the query of the request.</summary>
internal sealed record AnswerOptions(
    [property: FromQuery(Name = "opacity"), Description("For the overlay: opacity of the class colours, 0 to 1. 0.5 by default.")]
    double? Opacity,
    [property: FromQuery(Name = "legend"), Description("For the overlay: whether a legend is added below the picture. False by default.")]
    bool? Legend,
    [property: FromQuery(Name = "min_region"), Description("For JSON: the smallest region that is listed, in pixels. 1 by default.")]
    long? MinRegion)
{
    public OverlayOptions Overlay => new() { Opacity = Opacity ?? 0.5, Legend = Legend ?? false };

    public RegionOptions Regions => new() { MinPixels = MinRegion ?? 1 };

    /// <exception cref="BadHttpRequestException">An option is out of range.</exception>
    public void Check()
    {
        if (Opacity is not (null or (>= 0 and <= 1)))
        {
            throw new BadHttpRequestException(FormattableString.Invariant($"opacity must be 0 to 1, but is {Opacity}."));
        }

        if (MinRegion < 1)
        {
            throw new BadHttpRequestException(FormattableString.Invariant($"min_region must be 1 or more pixels, but is {MinRegion}."));
        }
    }
}
