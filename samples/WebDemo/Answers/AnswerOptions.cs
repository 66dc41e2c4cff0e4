using System.ComponentModel;
using FcnSharp.Imaging;
using Microsoft.AspNetCore.Mvc;
using WebDemo.Requests;

namespace WebDemo.Answers;

/// <summary>How to make the answer; the query of a request.</summary>
internal sealed record AnswerOptions(
    [property: FromQuery(Name = "opacity"), Description("For the overlay: how much of the class colour shows, 0 to 1. 0.5 if left out.")]
    double? Opacity,
    [property: FromQuery(Name = "legend"), Description("For the overlay: whether a legend is set beside the picture. False if left out.")]
    bool? Legend,
    [property: FromQuery(Name = "min_region"), Description("For JSON: the smallest region that is listed, in pixels. 1 if left out.")]
    long? MinRegion)
{
    /// <exception cref="ProblemException">The opacity is out of range.</exception>
    public OverlayOptions ToOverlay() => Checked(() => new OverlayOptions { Opacity = Opacity ?? 0.5, Legend = Legend ?? false });

    /// <exception cref="ProblemException">The number of pixels is out of range.</exception>
    public RegionOptions ToRegions() => Checked(() => new RegionOptions { MinPixels = MinRegion ?? 1 });

    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw Problems.BadOption(exception.Message.Split('\n', '(')[0].Trim());
        }
    }
}
