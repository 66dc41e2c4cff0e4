using FcnSharp.Imaging;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace WebDemo;

/// <summary>Adds to the OpenAPI document (/openapi/v1.json) what it cannot derive from the endpoints' types.</summary>
internal static class ApiDescription
{
    private static readonly int[] Refusals = [400, 406, 408, 413, 415, 422, 500, 503, 504];

    private static readonly Dictionary<string, IOpenApiSchema> Empty = [];

    private static readonly Dictionary<string, string> AnswerMembers = new(StringComparer.Ordinal)
    {
        ["engine"] = "The engine that computed the scores.",
        ["timings_ms"] = "Times of the steps, in milliseconds.",
        ["width"] = "Width of the picture, in pixels.",
        ["height"] = "Height of the picture, in pixels.",
        ["label_runs"] = "The class ids, row by row from the top left, as runs: id, number of pixels, id, number of pixels, ... " +
        "255 means no class.",
        ["classes"] = "The classes that occur in the picture; largest first.",
        ["regions"] = "Connected pixels of one class; largest first.",
    };

    public static void Configure(OpenApiOptions options) => options.AddSchemaTransformer((schema, context, _) =>
    {
        foreach (var (name, member) in context.JsonTypeInfo.Type == typeof(SegmentationJson) ? schema.Properties ?? Empty : Empty)
        {
            member.Description = AnswerMembers.GetValueOrDefault(name) ?? member.Description;
        }

        return Task.CompletedTask;
    }).AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new OpenApiInfo
        {
            Title = "Street scenes",
            Version = "1",
            Description = "Finds the class of every pixel of a picture.",
        };
        document.Servers?.Clear();
        return Task.CompletedTask;
    });

    public static RouteHandlerBuilder DescribeSegment(this RouteHandlerBuilder endpoint)
    {
        endpoint.WithName("segment")
            .WithSummary("Finds the class of every pixel of a picture.")
            .WithDescription("Send the picture as the body, or as the first file of a form. The Accept header selects the response.")
            .Produces<SegmentationJson>()
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                DescribeBody(operation);
                DescribeAnswers(operation.Responses!);
                return Task.CompletedTask;
            });
        foreach (var status in Refusals)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint;
    }

    private static void DescribeBody(OpenApiOperation operation)
    {
        var form = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["picture"] = Binary() },
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A JPEG, PNG, WebP, BMP or GIF file.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["image/*"] = new() { Schema = Binary() },
                ["multipart/form-data"] = new() { Schema = form },
            },
        };
    }

    private static void DescribeAnswers(OpenApiResponses responses)
    {
        var ok = responses["200"].Content!;
        foreach (var (name, type) in AnswerKind.All.SelectMany(kind => kind.Names, (kind, name) => (name, kind.ContentType)))
        {
            ok[name] = type == "application/json" ? ok[type] : new OpenApiMediaType { Schema = Binary() };
        }

        ((OpenApiResponse)responses["503"]).Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["Retry-After"] = new OpenApiHeader
            {
                Description = "Seconds to wait.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
            },
        };
    }

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
