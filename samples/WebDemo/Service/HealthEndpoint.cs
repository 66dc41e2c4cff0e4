using FcnSharp.Prediction;

namespace WebDemo.Service;

/// <summary>GET /health: 200 while the program can segment. It listens only after the network has worked once, so answering is the
/// proof.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", (FcnPredictor predictor, Turnstile turnstile) =>
                new Health("healthy", predictor.Engine, turnstile.Inside, turnstile.Waiting))
            .WithName("getHealth")
            .WithSummary("Whether the service can segment, and how busy it is.");

    /// <param name="Status">"healthy"; a service that is not does not answer.</param>
    /// <param name="Engine">What computes.</param>
    /// <param name="Requests">Requests that are inside.</param>
    /// <param name="Waiting">Those of them that wait for their turn.</param>
    internal sealed record Health(string Status, string Engine, long Requests, long Waiting);
}
