using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WebDemo.Answers;
using WebDemo.Service;

namespace WebDemo.Requests;

/// <summary>Serves one picture after the other, many at a time: comes in, reads, waits for its turn, segments, answers.</summary>
internal sealed class Segmenter(FcnPredictor predictor, Turnstile turnstile, IOptions<ServiceOptions> options, IOptions<JsonOptions> json)
{
    private readonly ServiceOptions limits = options.Value;

    /// <exception cref="ProblemException">The request cannot be answered as asked.</exception>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public async Task<IResult> AnswerAsync(HttpContext context, AnswerOptions answerOptions)
    {
        var kind = AnswerKinds.Choose(context.Request.Headers.Accept) ?? throw Problems.NotAcceptable();
        var writer = new AnswerWriter(kind, answerOptions, json.Value.SerializerOptions);
        using var deadline = new Deadline(TimeSpan.FromSeconds(limits.TimeoutSeconds), context.RequestAborted);
        if (context.Request.ContentLength > limits.MaxBodyBytes)
        {
            throw await RefusedAsync(context.Request, Problems.TooManyBytes(limits.MaxBodyBytes), deadline);
        }

        using var place = turnstile.TryEnter();
        if (!place.IsAcquired)
        {
            throw await RefusedAsync(context.Request, Problems.Busy(limits.RetryAfterSeconds), deadline);
        }

        using var file = await deadline.HoldAsync(
            PictureBody.ReadAsync(context.Request, limits.MaxBodyBytes, deadline.Token), () => Problems.SlowUpload(limits.TimeoutSeconds));
        var answer = await deadline.HoldAsync(WorkAsync(file, writer, deadline.Token), () => Problems.SlowWork(limits.TimeoutSeconds));
        context.Response.Headers.Vary = "Accept";
        return Results.Bytes(answer, writer.ContentType);
    }

    /// <summary>Lets a client that is refused finish sending: one that is cut off may never see the answer. One that asks first has sent
    /// nothing.</summary>
    private async Task<ProblemException> RefusedAsync(HttpRequest request, ProblemException problem, Deadline deadline)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Expect))
        {
            await deadline.HoldAsync(
                PictureBody.DiscardAsync(request, 2 * limits.MaxBodyBytes, deadline.Token), () =>
                    Problems.SlowUpload(limits.TimeoutSeconds));
        }

        return problem;
    }

    private async Task<byte[]> WorkAsync(MemoryStream file, AnswerWriter writer, CancellationToken cancellationToken)
    {
        using var turn = await turnstile.WaitForTurnAsync(cancellationToken);
        try
        {
            return await Task.Run(() => writer.Write(predictor.Segment(file, cancellationToken)), cancellationToken);
        }
        catch (ImageFileException exception)
        {
            throw Problems.BadPicture(exception, limits.MaxPixels);
        }
    }
}
