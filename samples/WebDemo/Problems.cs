using System.Globalization;
using FcnSharp.Imaging;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace WebDemo;

/// <summary>Creates the exceptions for refused requests, with a status and a message for the client. Each becomes a problem document
/// (RFC 9457), whatever the Accept header is.</summary>
internal static class Problems
{
    private const string Full = "The service holds as many pictures and answers as it can. Try again when Retry-After says.";

    private const string TooSlow = "The picture was not received and segmented in time. Try again later, or make it smaller.";

    private const string Unforeseen = "This is not your fault. Try again; if it stays, tell whoever runs this service.";

    /// <summary>Turns exceptions into responses. The details of an unforeseen exception go to the log only.</summary>
    public static ExceptionHandlerOptions Handling { get; } = new()
    {
        ExceptionHandler = context => context.Features.Get<IExceptionHandlerFeature>()!.Error is BadHttpRequestException foreseen
            ? WriteAsync(context, foreseen.StatusCode, foreseen.Message)
            : WriteAsync(context, StatusCodes.Status500InternalServerError, Unforeseen),
        SuppressDiagnosticsCallback = failure => failure.Exception is BadHttpRequestException,
    };

    /// <summary>Adds a message to a status that the middleware of ASP.NET Core set.</summary>
    public static Task DescribeStatusAsync(StatusCodeContext pages) => WriteAsync(
        pages.HttpContext,
        pages.HttpContext.Response.StatusCode,
        pages.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status503ServiceUnavailable => Full,
            StatusCodes.Status504GatewayTimeout => TooSlow,
            _ => null,
        });

    public static BadHttpRequestException Busy() => new(Full, StatusCodes.Status503ServiceUnavailable);

    public static BadHttpRequestException TooManyBytes(long limit) => new(
        $"A request may have {limit} bytes. Make the picture smaller, or save it as JPEG.", StatusCodes.Status413PayloadTooLarge);

    public static BadHttpRequestException WrongContentType(string? contentType) => new(
        "Send the file with a Content-Type of image/jpeg, image/png, image/webp, image/bmp or image/gif, or as multipart/form-data; " +
        $"this one came {(contentType is null ? "without any" : "as another type")}.",
        StatusCodes.Status415UnsupportedMediaType);

    public static BadHttpRequestException NoFile(string what) => new($"{what} Send multipart/form-data with one file in it.");

    public static BadHttpRequestException NotAcceptable() => new(
        $"The Accept header asks for none of {string.Join(", ", AnswerKind.All.SelectMany(kind => kind.Names))}. Ask for one of these.",
        StatusCodes.Status406NotAcceptable);

    public static BadHttpRequestException BadPicture(ImageFileException exception, long maxPixels) => exception.ExceedsMaxPixels
        ? new($"A picture may have {maxPixels} pixels, width times height. Make it smaller.", StatusCodes.Status413PayloadTooLarge)
        : new($"The file: {exception.Reason} {exception.Remedy}", StatusCodes.Status422UnprocessableEntity);

    private static Task WriteAsync(HttpContext context, int status, string? detail)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            var seconds = context.RequestServices.GetRequiredService<IOptions<ServiceOptions>>().Value.RetryAfterSeconds;
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
    }
}
