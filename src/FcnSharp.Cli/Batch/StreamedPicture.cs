using FcnSharp.Cli.Terminal;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>Segments a picture from standard input and writes only its result to standard output.</summary>
internal sealed class StreamedPicture
{
    private readonly ResultKind kind;

    public StreamedPicture(IReadOnlyList<ResultKind> kinds)
    {
        kind = kinds.Count == 1
            ? kinds[0]
            : throw new UsageException("The result of - is one file: choose one of --overlay, --colors, --labels, --json and --legend.");
        if (!Console.IsOutputRedirected && kind.Suffix.EndsWith(".png", StringComparison.Ordinal))
        {
            throw new UsageException("A picture cannot be shown on a terminal: add > FILE.png, or choose --json.");
        }
    }

    public int Run(FcnPredictor predictor, CancellationToken cancellationToken)
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var segmentation = predictor.Segment(RgbImage.Load(input, name: "standard input"), cancellationToken);
            using var result = new MemoryStream();
            kind.Write(segmentation, result);

            using var output = Console.OpenStandardOutput();
            result.WriteTo(output);
            return ExitCode.Done;
        }
        catch (Exception exception) when (Consoles.IsUsersFault(exception))
        {
            Consoles.WriteError(exception);
            return ExitCode.SomeFailed;
        }
    }
}
