// Street-scene segmentation as a web service, with a page to try it on.
//   dotnet run -c Release --project samples/WebDemo          then open http://localhost:5000

using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using WebDemo.Answers;
using WebDemo.Requests;
using WebDemo.Service;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 0; // The one endpoint that takes a body counts for itself.
});
builder.Services.AddSegmentation();
builder.Services.AddProblems();
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
});
builder.Services.AddOpenApi(ApiDescription.Configure);

await using var app = builder.Build();
app.UseSecurityHeaders();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapOpenApi();
app.MapHealth();
app.MapModel();
app.MapSegment();

try
{
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException or IOException)
{
    await Console.Error.WriteLineAsync($"error: {exception.Message}");
    return 2;
}
