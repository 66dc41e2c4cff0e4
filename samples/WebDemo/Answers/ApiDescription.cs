using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace WebDemo.Answers;

/// <summary>What the OpenAPI document (/openapi/v1.json) says beyond what the endpoints' types do.</summary>
internal static class ApiDescription
{
    public const string SegmentOperation = "segment";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
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
        options.AddOperationTransformer((operation, _, _) =>
        {
            if (operation.OperationId == SegmentOperation)
            {
                DescribeBody(operation);
                DescribeAnswers(operation.Responses!);
            }

            return Task.CompletedTask;
        });
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
        ok[AnswerKinds.MediaTypesOf(AnswerKind.JsonWithLabels).Single()] = ok["application/json"];
        foreach (var type in new[] { AnswerKind.Overlay, AnswerKind.Colors, AnswerKind.Labels }.SelectMany(AnswerKinds.MediaTypesOf))
        {
            ok[type] = new OpenApiMediaType { Schema = Binary() };
        }

        responses["503"] = new OpenApiResponse
        {
            Description = responses["503"].Description,
            Content = responses["503"].Content,
            Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "Seconds to wait.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                },
            },
        };
    }

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
