using FcnSharp.Networks;
using FcnSharp.Prediction;
using Microsoft.Extensions.Options;

namespace WebDemo;

/// <summary>What the service says of itself.</summary>
internal static class ServiceInfo
{
    public static void MapServiceInfo(this IEndpointRouteBuilder app)
    {
        // The program listens only after the network has worked once, so answering is the proof.
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

    /// <param name="Status">"healthy"; a service that is not does not answer.</param>
    /// <param name="Engine">What computes.</param>
    /// <param name="Working">Pictures that are worked on.</param>
    /// <param name="Waiting">Pictures that wait for their turn.</param>
    private sealed record Health(string Status, string Engine, long Working, long Waiting);

    /// <param name="Name">The network's name, if its file gives one.</param>
    /// <param name="License">What its weights may be used for, if its file says so.</param>
    /// <param name="Engine">What computes.</param>
    /// <param name="Classes">In order of id, from 0.</param>
    /// <param name="WorkingSize">The side at which the network sees pictures, in pixels; null if it sees them as they are.</param>
    /// <param name="WorkingSide">The side that gets this size: "longer" or "shorter".</param>
    /// <param name="Limits">What a picture may be.</param>
    private sealed record Model(
        string? Name,
        string? License,
        string Engine,
        IReadOnlyList<ModelClass> Classes,
        int? WorkingSize,
        string WorkingSide,
        Limits Limits);

    /// <param name="Id">The number that label maps have for it.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Color">Its colour in colour maps, such as "#804080".</param>
    /// <param name="OverlayColor">Its colour over photos.</param>
    private sealed record ModelClass(int Id, string Name, string Color, string OverlayColor);

    /// <param name="MaxBodyBytes">The largest request body, in bytes.</param>
    /// <param name="MaxPixels">The largest width times height.</param>
    private sealed record Limits(long MaxBodyBytes, long MaxPixels);
}
