// Street-scene segmentation as a web service, with a page to try it.
//   dotnet run -c Release --project samples/WebDemo          then open http://localhost:5000

using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp;
using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using WebDemo;

try
{
    await using var app = Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException or IOException)
{
    await Console.Error.WriteLineAsync($"error: {exception.Message}");
    return 2;
}

static WebApplication Build(string[] args)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    AddServices(builder.Services);
    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseExceptionHandler(Problems.Handling);
    app.UseStatusCodePages(Problems.DescribeStatusAsync);
    app.UseDefaultFiles();
    app.UseStaticFiles();
    app.Use(AnswerBytes.SendAsync); // Before the limits, so that slow readers do not hold permits.
    app.UseRequestTimeouts();
    app.UseRateLimiter();
    app.MapOpenApi();
    app.MapServiceInfo();
    app.MapPost("/api/segment", (Segmenter segmenter, [AsParameters] AnswerOptions options, HttpContext context) =>
            segmenter.AnswerAsync(options, context))
        .DescribeSegment()
        .RequireRateLimiting(Segmenter.Policy)
        .WithRequestTimeout(Segmenter.Policy);
    return app;
}

static void AddServices(IServiceCollection services)
{
    services.AddOptions<ServiceOptions>()
        .BindConfiguration(ServiceOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
        .ValidateOnStart();
    services.AddSingleton<IValidateOptions<ServiceOptions>, ServiceOptions.Check>();

    // One predictor serves all requests; the container disposes it.
    services.AddSingleton(provider =>
    {
        var limits = provider.GetRequiredService<IOptions<ServiceOptions>>().Value;
        var options = new PredictorOptions { Decoding = new DecodeOptions { MaxPixels = limits.MaxPixels } };
        var engine = new CpuEngineOptions { Threads = limits.ThreadsPerPicture };
        return limits.ModelFile is { } file
            ? FcnPredictor.Load(file, options, engine: engine)
            : StreetScenes.CreatePredictor(options, engine);
    });
    services.AddSingleton<Segmenter>();
    services.AddHostedService<WarmUp>();
    services.AddHostedService<MemoryReturn>();

    // Limits on the size of the body, and on the rate at which a client sends and reads.
    services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServiceOptions>>((kestrel, limits) =>
    {
        var slowest = new MinDataRate(limits.Value.MinBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = limits.Value.MaxBodyBytes;
        kestrel.Limits.MinRequestBodyDataRate = slowest;
        kestrel.Limits.MinResponseDataRate = slowest;
    });

    // Bytes of a request that are read ahead; the default is a megabyte per connection.
    services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = 64 << 10);

    // Limits on the number and the time of the requests in progress.
    services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable);
    services.AddOptions<RateLimiterOptions>().Configure<IOptions<ServiceOptions>>((limiter, limits) =>
        limiter.AddConcurrencyLimiter(Segmenter.Policy, places => places.PermitLimit = limits.Value.MaxRequests));
    services.AddRequestTimeouts();
    services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<ServiceOptions>>((timeouts, limits) =>
        timeouts.AddPolicy(Segmenter.Policy, TimeSpan.FromSeconds(limits.Value.TimeoutSeconds)));

    services.AddProblemDetails();
    services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
    });
    services.AddOpenApi(ApiDescription.Configure);
}
