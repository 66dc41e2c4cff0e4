using Microsoft.Extensions.Options;

namespace WebDemo;

/// <summary>Options and limits of the service: the section "Segmentation" of appsettings.json, validated at start. Immutable.</summary>
internal sealed record ServiceOptions
{
    public const string Section = "Segmentation";

    /// <summary>A model file; null, the default, means the bundled street-scenes network.</summary>
    public string? ModelFile { get; init; }

    /// <summary>Threads per picture, 1 to 1024; null, the default, divides the physical cores among the pictures.</summary>
    public int? ThreadsPerPicture { get; init; }

    /// <summary>The largest request body, in bytes: 1 KiB to 1 GiB, by default 20 MiB.</summary>
    public long MaxBodyBytes { get; init; } = 20 << 20;

    /// <summary>The largest width times height, in pixels: 1 to 500,000,000, by default 50,000,000. The header is checked before the
    /// picture is decoded.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>Requests in progress, waiting ones included: 1 to 10,000, by default 24. Further requests get status 503.</summary>
    public int MaxRequests { get; init; } = 24;

    /// <summary>Pictures that are decoded and segmented at the same time: 1 to 1024, by default 2. The others wait.</summary>
    public int MaxPicturesAtOnce { get; init; } = 2;

    /// <summary>The most bytes of buffered responses: 1 MiB to 64 GiB, by default 256 MiB. A response that does not fit becomes status
    /// 503.</summary>
    public long MaxAnswerBytes { get; init; } = 256 << 20;

    /// <summary>The lowest rate at which a client may send or read, in bytes per second: 1 to 1,000,000,000, by default 16 KiB.</summary>
    public int MinBytesPerSecond { get; init; } = 16 << 10;

    /// <summary>Seconds from the head of a request until its response is buffered: 1 to 3600, by default 30.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Value of the Retry-After header of status 503, in seconds: 1 to 3600, by default 2.</summary>
    public int RetryAfterSeconds { get; init; } = 2;

    /// <summary>A sentence for each invalid option.</summary>
    private IEnumerable<string> Faults()
    {
        (string Name, long? Value, long Min, long Max)[] ranges =
        [
            (nameof(ThreadsPerPicture), ThreadsPerPicture, 1, 1024),
            (nameof(MaxBodyBytes), MaxBodyBytes, 1 << 10, 1 << 30),
            (nameof(MaxPixels), MaxPixels, 1, 500_000_000),
            (nameof(MaxRequests), MaxRequests, 1, 10_000),
            (nameof(MaxPicturesAtOnce), MaxPicturesAtOnce, 1, 1024),
            (nameof(MaxAnswerBytes), MaxAnswerBytes, 1 << 20, 64L << 30),
            (nameof(MinBytesPerSecond), MinBytesPerSecond, 1, 1_000_000_000),
            (nameof(TimeoutSeconds), TimeoutSeconds, 1, 3600),
            (nameof(RetryAfterSeconds), RetryAfterSeconds, 1, 3600),
        ];
        foreach (var (name, value, min, max) in ranges.Where(range => range.Value < range.Min || range.Value > range.Max))
        {
            yield return $"{Section}:{name} must be {min} to {max}, but is {value}. " +
                $"Change it in appsettings.json or in the environment ({Section}__{name}).";
        }

        if (ModelFile is not null && !File.Exists(ModelFile))
        {
            yield return $"{Section}:{nameof(ModelFile)} is \"{ModelFile}\", and there is no such file. " +
                "Name one, or leave it out for the bundled network.";
        }
    }

    /// <summary>Ends a program with invalid options before it listens.</summary>
    internal sealed class Check : IValidateOptions<ServiceOptions>
    {
        public ValidateOptionsResult Validate(string? name, ServiceOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
