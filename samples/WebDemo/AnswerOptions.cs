using System.ComponentModel;
using FcnSharp.Imaging;
using Microsoft.AspNetCore.Mvc;

namespace WebDemo;

/// <summary>How to make the answer; the query of a request.</summary>
internal sealed record AnswerOptions(
    [property: FromQuery(Name = "opacity"), Description("For the overlay: how much of the class colour shows, 0 to 1. 0.5 if left out.")]
    double? Opacity,
    [property: FromQuery(Name = "legend"), Description("For the overlay: whether a legend is added below the picture. False if left out.")]
    bool? Legend,
    [property: FromQuery(Name = "min_region"), Description("For JSON: the smallest region that is listed, in pixels. 1 if left out.")]
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
