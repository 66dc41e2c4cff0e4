using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace WebDemo;

/// <summary>Loads the network and segments one picture before the server listens, so that the first request is as fast as later
/// ones.</summary>
internal sealed partial class WarmUp(FcnPredictor predictor, ILogger<WarmUp> logger) : IHostedService
{
    private static readonly RgbImage Picture = new(new byte[3 * 480 * 360], 480, 360);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var result = await Task.Run(() => predictor.Segment(Picture, cancellationToken), cancellationToken);
        LogReady(predictor.Card.Name ?? "The network", predictor.EngineDescription, result.Timings.Total.TotalMilliseconds);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} is ready on the {Engine}; the first picture took {Milliseconds:F0} ms")]
    private partial void LogReady(string model, string engine, double milliseconds);
}
