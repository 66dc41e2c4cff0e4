namespace FcnSharp.Tests.Support;

/// <summary>Starts work that must block, without using a clock.</summary>
internal static class Waiting
{
    /// <summary>Starts work on a new thread and returns as soon as that thread blocks. Work that ends without blocking fails the
    /// test.</summary>
    public static Task<T> Start<T>(Func<T> work)
    {
        var outcome = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                outcome.SetResult(work());
            }
            catch (Exception exception)
            {
                outcome.SetException(exception);
            }
        })
        { IsBackground = true };
        thread.Start();

        SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) || !thread.IsAlive);

        Assert.False(outcome.Task.IsCompleted, "The work ended without waiting.");
        return outcome.Task;
    }
}
