using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.WebDemoTests;

/// <summary>An engine that finds class 0 everywhere; its calls block while the gate is closed.</summary>
internal sealed class GatedEngine : IFcnEngine
{
    private readonly ManualResetEventSlim gate = new(initialState: true);
    private int running;
    private int most;

    public int NumClasses => 2;

    public ModelCard Card { get; } = new() { Normalization = Normalization.ImageNet };

    public string Description => "gated engine";

    /// <summary>The exception that the next calls throw; null for none.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Ends when the first call was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Running => Volatile.Read(ref running);

    /// <summary>The largest number of concurrent calls.</summary>
    public int Most => Volatile.Read(ref most);

    public void CloseGate() => gate.Reset();

    public void OpenGate() => gate.Set();

    public Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        var now = Interlocked.Increment(ref running);
        InterlockedMax(now);
        try
        {
            gate.Wait(cancellationToken);
            return Failure is null
                ? new Classification(new LabelMap(new byte[request.Width * request.Height], request.Width, request.Height), null, null)
                : throw Failure;
        }
        catch (OperationCanceledException)
        {
            Cancelled.TrySetResult();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The demo asks for classes alone.");

    public void Dispose() => gate.Dispose();

    private void InterlockedMax(int value)
    {
        for (var seen = Most; value > seen; seen = Most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
