using System.Collections.Concurrent;

namespace FcnSharp.Tests.Support;

/// <summary>Collects every report, on the thread that makes it.</summary>
internal sealed class Collected<T> : IProgress<T>
{
    public ConcurrentQueue<T> Values { get; } = [];

    public void Report(T value) => Values.Enqueue(value);
}
