using FcnSharp.Prediction;
using Microsoft.Extensions.Options;

namespace WebDemo;

/// <summary>Endpoints that describe the service: its health and its network.</summary>
internal static class ServiceInfo
{
    public static void MapServiceInfo(this IEndpointRouteBuilder app)
    {
        // The program listens only after the network has segmented a picture, so any response means that it is healthy.
        app.MapGet("/health", (FcnPredictor predictor, Segmenter segmenter) =>
                new Health("healthy", predictor.EngineDescription, segmenter.Working, segmenter.Waiting))
            .WithName("getHealth")
            .WithSummary("Whether the service can segment, and how busy it is.");

        app.MapGet("/api/model", (FcnPredictor predictor, IOptions<ServiceOptions> options) =>
                Model.Of(predictor, new Limits(options.Value.MaxBodyBytes, options.Value.MaxPixels)))
            .WithName("getModel")
            .WithSummary("The classes that pictures are divided into, and the limits for pictures.");
    }

    /// <param name="Status">Always "healthy"; an unhealthy service does not respond.</param>
    /// <param name="Engine">The engine, with threads and instruction set.</param>
    /// <param name="Working">Number of pictures being segmented.</param>
    /// <param name="Waiting">Number of pictures that wait for a turn.</param>
    private sealed record Health(string Status, string Engine, long Working, long Waiting);
}
