using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>Sets libtorch's number of threads until it is disposed.</summary>
internal sealed class ThreadCount : IDisposable
{
    private readonly int before = get_num_threads();

    /// <param name="threads">Null changes nothing.</param>
    public ThreadCount(int? threads)
    {
        if (threads is { } count)
        {
            set_num_threads(count);
        }
    }

    public void Dispose()
    {
        if (get_num_threads() != before)
        {
            set_num_threads(before);
        }
    }
}
