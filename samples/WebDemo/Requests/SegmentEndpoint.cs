using Microsoft.AspNetCore.Mvc;
using WebDemo.Answers;

namespace WebDemo.Requests;

/// <summary>POST /api/segment: a picture goes in, its classes come out, as the Accept header asks.</summary>
internal static class SegmentEndpoint
{
    public static void MapSegment(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/segment", ([AsParameters] AnswerOptions options, HttpContext context, Segmenter segmenter) =>
            segmenter.AnswerAsync(context, options))
            .WithMetadata(new DisableRequestSizeLimitAttribute()) // PictureBody counts.
            .WithName(ApiDescription.SegmentOperation)
            .WithSummary("Finds the class of every pixel of a picture.")
            .WithDescription("Send the picture as the body, or as the first file of a form. The Accept header decides what is answered.")
            .Produces<SegmentationAnswer>(StatusCodes.Status200OK, "application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status406NotAcceptable)
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status500InternalServerError)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status504GatewayTimeout);
}
