using System.IO.Pipelines;
using System.Threading.RateLimiting;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace WebDemo;

/// <summary>Serves one picture after the other, many at a time: reads, waits for its turn, segments, and makes the answer.</summary>
internal sealed class Segmenter(FcnPredictor predictor, IOptions<ServiceOptions> options, IOptions<JsonOptions> json) : IDisposable
{
    /// <summary>The name of the limits on requests that are inside.</summary>
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

    /// <summary>Pictures that are worked on.</summary>
    public long Working => limits.MaxPicturesAtOnce - turns.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Pictures that wait for their turn.</summary>
    public long Waiting => turns.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Makes the answer to a request, which <see cref="AnswerBytes.SendAsync(HttpContext, RequestDelegate)"/> sends.</summary>
    /// <exception cref="BadHttpRequestException">The request cannot be answered as asked.</exception>
    /// <exception cref="OperationCanceledException">The client has left, or the time is over.</exception>
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
