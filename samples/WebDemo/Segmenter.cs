using System.IO.Pipelines;
using System.Threading.RateLimiting;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace WebDemo;

/// <summary>Handles a request: reads the picture, waits for a turn, segments the picture, and buffers the response. Thread-safe.</summary>
internal sealed class Segmenter(FcnPredictor predictor, IOptions<ServiceOptions> options, IOptions<JsonOptions> json) : IDisposable
{
    /// <summary>The name of the limits on requests in progress.</summary>
    public const string Policy = "segment";

    private readonly ServiceOptions limits = options.Value;

    private readonly ConcurrencyLimiter turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MaxPicturesAtOnce,
        QueueLimit = options.Value.MaxRequests,
    });

    private readonly ConcurrencyLimiter answerRoom = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = (int)(options.Value.MaxAnswerBytes / AnswerBytes.PieceBytes),
    });

    /// <summary>Number of pictures being segmented.</summary>
    public long Working => limits.MaxPicturesAtOnce - turns.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Number of pictures that wait for a turn.</summary>
    public long Waiting => turns.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Buffers the response, which <see cref="AnswerBytes.SendAsync(HttpContext, RequestDelegate)"/> sends.</summary>
    /// <exception cref="BadHttpRequestException">The request is refused.</exception>
    /// <exception cref="OperationCanceledException">The client has disconnected, or the request has timed out.</exception>
    public async Task AnswerAsync(AnswerOptions answerOptions, HttpContext context)
    {
        var (cancellation, request) = (context.RequestAborted, context.Request);
        var kind = AnswerKind.Choose(request.Headers.Accept) ?? throw Problems.NotAcceptable();
        answerOptions.Check();
        var file = await PictureBody.ReadAsync(request, limits.MaxBodyBytes, cancellation);
        try
        {
            using var turn = await turns.AcquireAsync(cancellationToken: cancellation);
            var answer = new AnswerBytes(answerRoom, kind.ContentType);
            context.Response.RegisterForDispose(answer);
            await Task.Run(
                () => kind.Write(answer, Segment(file, cancellation), answerOptions, json.Value.SerializerOptions), cancellation);
            context.Features.Set(answer);
        }
        finally
        {
            await file.CompleteAsync();
        }
    }

    public void Dispose()
    {
        turns.Dispose();
        answerRoom.Dispose();
    }

    private Segmentation Segment(PipeReader file, CancellationToken cancellationToken)
    {
        try
        {
            return predictor.Segment(file.AsStream(leaveOpen: true), cancellationToken);
        }
        catch (ImageFileException exception)
        {
            throw Problems.BadPicture(exception, limits.MaxPixels);
        }
    }
}
