using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;

namespace WebDemo.Requests;

/// <summary>Turns exceptions into problem documents. What is not foreseen becomes a 500 that tells the client nothing and the log
/// everything.</summary>
internal sealed partial class ProblemHandling(ILogger<ProblemHandling> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = ProblemOf(exception);
        if (problem.RetryAfterSeconds is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        // A result, because the problem writer would leave out the document for a client that accepts none.
        await Results.Problem(problem.Message, statusCode: problem.Status, title: problem.Title).ExecuteAsync(httpContext);
        return true;
    }

    private ProblemException ProblemOf(Exception exception)
    {
        switch (exception)
        {
            case ProblemException foreseen:
                return foreseen;
            case BadHttpRequestException bad:
                return new ProblemException(bad.StatusCode, "The request cannot be understood", bad.Message);
            default:
                LogUnforeseen(exception);
                return Problems.Unforeseen();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed in a way that was not foreseen")]
    private partial void LogUnforeseen(Exception exception);
}
