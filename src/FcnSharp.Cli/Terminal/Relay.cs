namespace FcnSharp.Cli.Terminal;

/// <summary>Reports progress synchronously, on the reporting thread.</summary>
internal sealed class Relay<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
