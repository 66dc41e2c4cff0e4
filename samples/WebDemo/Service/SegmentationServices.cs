using FcnSharp;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using Microsoft.Extensions.Options;
using WebDemo.Requests;

namespace WebDemo.Service;

/// <summary>What an ASP.NET program needs to segment pictures: options that are checked, one predictor for all requests, and a limit on
/// them.</summary>
internal static class SegmentationServices
{
    public static void AddSegmentation(this IServiceCollection services)
    {
        services.AddOptions<ServiceOptions>()
            .BindConfiguration(ServiceOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServiceOptions>, ServiceOptionsCheck>();

        services.AddSingleton(provider => CreatePredictor(provider.GetRequiredService<IOptions<ServiceOptions>>().Value));
        services.AddSingleton<Turnstile>();
        services.AddSingleton<Segmenter>();
        services.AddHostedService<WarmUp>();
    }

    /// <summary>The container disposes it when the program ends.</summary>
    private static FcnPredictor CreatePredictor(ServiceOptions options)
    {
        var predictorOptions = new PredictorOptions
        {
            Threads = options.ThreadsPerPicture,
            Decoding = new DecodeOptions { MaxPixels = options.MaxPixels },
        };
        return options.ModelFile is { } file ? FcnPredictor.Load(file, predictorOptions) : StreetScenes.CreatePredictor(predictorOptions);
    }
}
