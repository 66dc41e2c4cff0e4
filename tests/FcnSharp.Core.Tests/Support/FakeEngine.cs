using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Tests.Support;

/// <summary>An engine that finds class 0 everywhere, records its inputs, and can be blocked in the middle of a call.</summary>
internal sealed class FakeEngine(ModelCard card) : IFcnEngine
{
    private readonly ManualResetEventSlim entered = new();
    private readonly ManualResetEventSlim released = new(initialState: true);
    private int disposeCount;

    public int NumClasses => 2;

    public ModelCard Card => card;

    public string Description => "fake";

    public (int Width, int Height) LastSize { get; private set; }

    public int DisposeCount => disposeCount;

    public void Hold() => released.Reset();

    public void Release() => released.Set();

    public void WaitUntilEntered() => entered.Wait();

    public ScoreMap Score(RgbImage picture, CancellationToken cancellationToken = default) =>
        new(new float[2 * picture.Width * picture.Height], 2, picture.Width, picture.Height);

    public Classification Classify(RgbImage picture, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        LastSize = (picture.Width, picture.Height);
        entered.Set();
        released.Wait(cancellationToken);
        return new Classification(new LabelMap(new byte[request.Width * request.Height], request.Width, request.Height), null, null);
    }

    public void Dispose()
    {
        disposeCount++;
    }
}
