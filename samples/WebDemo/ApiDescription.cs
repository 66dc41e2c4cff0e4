using FcnSharp.Imaging;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace WebDemo;

/// <summary>What the OpenAPI document (/openapi/v1.json) says beyond what the endpoints' types do.</summary>
internal static class ApiDescription
{
    private static readonly int[] Refusals = [400, 406, 408, 413, 415, 422, 500, 503, 504];

    private static readonly Dictionary<string, IOpenApiSchema> Empty = [];

    private static readonly Dictionary<string, string> AnswerMembers = new(StringComparer.Ordinal)
    {
        ["engine"] = "What computed it.",
        ["timings_ms"] = "Milliseconds.",
        ["width"] = "Columns, in pixels.",
        ["height"] = "Rows, in pixels.",
        ["label_runs"] = "The class ids, row by row from the top left, as runs: id, how many pixels, id, how many pixels, ... " +
            "255 is no class.",
        ["classes"] = "The classes that the picture has; largest first.",
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
            Description = "A picture goes in, a class for every pixel comes out.",
        };
        document.Servers?.Clear();
        return Task.CompletedTask;
    });

    public static RouteHandlerBuilder DescribeSegment(this RouteHandlerBuilder endpoint)
    {
        endpoint.WithName("segment")
            .WithSummary("Finds the class of every pixel of a picture.")
            .WithDescription("Send the picture as the body, or as the first file of a form. The Accept header decides what is answered.")
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
