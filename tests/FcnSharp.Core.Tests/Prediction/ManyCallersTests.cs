using System.Collections.Concurrent;
using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

/// <summary>Many threads on one predictor, which cancel each other's calls; in the middle, the predictor is replaced and
/// disposed.</summary>
[Collection(Alone.Name)]
public class ManyCallersTests
{
    private const int Callers = 64;
    private const int CallsOfEach = 10;
    private const int Calls = Callers * CallsOfEach;

    private static readonly FcnNetwork Network = FilledNetwork.Tiny();

    private static readonly RgbImage[] Pictures =
        [.. Enumerable.Range(0, 9).Select(i => TestPictures.Noise(30 + (11 * i), 90 - (8 * i), seed: i))];

    [Fact]
    public void Segment_From64ThreadsWithCancellationsAndADispose_GivesRightAnswersAndHoldsNoMemory()
    {
        using var alone = FcnPredictor.Create(Network);
        byte[][] expected = [.. Pictures.Select(picture => alone.Segment(picture).Labels.Labels.ToArray())];
        Run(expected);
        var (managed, native) = (GC.GetTotalMemory(forceFullCollection: true), NativeHeap.Bytes());

        var (right, cancelled, refused, wrong) = Run(expected);

        // One call's working memory takes more than the native bound.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - managed, long.MinValue, 1_000_000);
        Assert.InRange(NativeHeap.Bytes() - native, long.MinValue, NativeHeap.Noise);
        Assert.Empty(wrong);
        Assert.Equal(Calls, right + cancelled + refused);
        Assert.InRange(right, Calls / 2, Calls - 1);
        Assert.InRange(cancelled, Callers / 8, Calls / 2);
    }

    private static (int Right, int Cancelled, int Refused, IReadOnlyCollection<string> Wrong) Run(byte[][] expected)
    {
        var (right, cancelled, refused, ended) = (0, 0, 0, 0);
        var wrong = new ConcurrentQueue<string>();
        var running = new CancellationTokenSource[Callers];
        var first = FcnPredictor.Create(Network, engine: new CpuEngineOptions { Threads = 4 });
        using var second = FcnPredictor.Create(Network, engine: new CpuEngineOptions { Threads = 4 });
        var current = first;
        using var start = new Barrier(Callers);
        Thread[] threads = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() => CallAgainAndAgain(caller)))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return (right, cancelled, refused, wrong);

        void CallAgainAndAgain(int caller)
        {
            start.SignalAndWait();
            for (var call = 0; call < CallsOfEach; call++)
            {
                var cancellation = running[caller] = new CancellationTokenSource();
                if ((caller + call) % 4 == 0)
                {
                    // Cancels the neighbour's call at any point; every eighth thread also cancels its own first call before it starts.
                    running[call == 0 && caller % 8 == 0 ? caller : (caller + 1) % Callers]?.Cancel();
                }

                Call(Volatile.Read(ref current), (caller + call) % Pictures.Length, cancellation.Token);
                if (Interlocked.Increment(ref ended) == Calls / 2)
                {
                    Volatile.Write(ref current, second);
                    first.Dispose();
                }
            }
        }

        void Call(FcnPredictor predictor, int picture, CancellationToken cancellationToken)
        {
            try
            {
                var labels = predictor.Segment(Pictures[picture], cancellationToken).Labels.Labels.Span;
                if (labels.SequenceEqual(expected[picture]))
                {
                    Interlocked.Increment(ref right);
                }
                else
                {
                    wrong.Enqueue($"picture {picture}: other labels");
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                Interlocked.Increment(ref cancelled);
            }
            catch (ObjectDisposedException) when (predictor == first && Volatile.Read(ref current) == second)
            {
                Interlocked.Increment(ref refused);
            }
            catch (Exception exception)
            {
                wrong.Enqueue($"picture {picture}: {exception}");
            }
        }
    }
}
