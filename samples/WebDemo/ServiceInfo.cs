using FcnSharp.Networks;
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

        app.MapGet("/api/model", (FcnPredictor predictor, IOptions<ServiceOptions> options) => new Model(
                predictor.Card.Name,
                predictor.Card.License,
                predictor.EngineDescription,
                [
                    .. predictor.Classes.Select((info, id) =>
                        new ModelClass(id, info.Name, info.Color.ToString(), predictor.Classes.OverlayPalette[id].ToString())),
                ],
                predictor.Card.WorkingSize,
                predictor.Card.WorkingSide == WorkingSide.Shorter ? "shorter" : "longer",
                new Limits(options.Value.MaxBodyBytes, options.Value.MaxPixels)))
            .WithName("getModel")
            .WithSummary("The classes that pictures are divided into, and the limits for pictures.");
    }

    /// <param name="Status">Always "healthy"; an unhealthy service does not respond.</param>
    /// <param name="Engine">The engine, with threads and instruction set.</param>
    /// <param name="Working">Number of pictures being segmented.</param>
    /// <param name="Waiting">Number of pictures that wait for a turn.</param>
    private sealed record Health(string Status, string Engine, long Working, long Waiting);

    /// <param name="Name">The network's name, if its file states one.</param>
    /// <param name="License">The licence of the weights, if the file states one.</param>
    /// <param name="Engine">The engine, with threads and instruction set.</param>
    /// <param name="Classes">In order of id, from 0.</param>
    /// <param name="WorkingSize">The side to which pictures are scaled for the network, in pixels; null if they are not scaled.</param>
    /// <param name="WorkingSide">The side that is scaled to this size: "longer" or "shorter".</param>
    /// <param name="Limits">Limits for pictures.</param>
    private sealed record Model(
        string? Name,
        string? License,
        string Engine,
        IReadOnlyList<ModelClass> Classes,
        int? WorkingSize,
        string WorkingSide,
        Limits Limits);

    /// <param name="Id">The class id, as in label maps.</param>
    /// <param name="Name">The name of the class.</param>
    /// <param name="Color">The colour in colour maps, such as "#804080".</param>
    /// <param name="OverlayColor">The colour in overlays.</param>
    private sealed record ModelClass(int Id, string Name, string Color, string OverlayColor);

    /// <param name="MaxBodyBytes">The largest request body, in bytes.</param>
    /// <param name="MaxPixels">The largest width times height, in pixels.</param>
    private sealed record Limits(long MaxBodyBytes, long MaxPixels);
}
