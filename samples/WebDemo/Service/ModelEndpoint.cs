using FcnSharp.Prediction;
using Microsoft.Extensions.Options;

namespace WebDemo.Service;

/// <summary>GET /api/model: the classes that pictures are divided into, and the limits for pictures.</summary>
internal static class ModelEndpoint
{
    public static void MapModel(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/model", (FcnPredictor predictor, IOptions<ServiceOptions> options) => new Model(
                predictor.Card.Name,
                predictor.Card.License,
                predictor.Engine,
                [.. predictor.Classes.Select((info, id) => new ModelClass(id, info.Name, info.Color.ToString()))],
                new Limits(options.Value.MaxBodyBytes, options.Value.MaxPixels)))
            .WithName("getModel")
            .WithSummary("The classes that pictures are divided into, and the limits for pictures.");

    /// <param name="Name">The network's name, if its file gives one.</param>
    /// <param name="License">What its weights may be used for, if its file says so.</param>
    /// <param name="Engine">What computes.</param>
    /// <param name="Classes">In order of id, from 0.</param>
    /// <param name="Limits">What a picture may be.</param>
    internal sealed record Model(string? Name, string? License, string Engine, IReadOnlyList<ModelClass> Classes, Limits Limits);

    /// <param name="Id">The number that label maps have for it.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Color">Such as "#804080".</param>
    internal sealed record ModelClass(int Id, string Name, string Color);

    /// <param name="MaxBodyBytes">The largest picture file, in bytes.</param>
    /// <param name="MaxPixels">The largest width times height.</param>
    internal sealed record Limits(long MaxBodyBytes, long MaxPixels);
}
