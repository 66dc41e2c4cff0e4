using System.Globalization;
using FcnSharp.Fuzz.Readers;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>Runs a reader on an input and checks its behaviour against the rules of docs/reference/robustness.md.</summary>
internal sealed class Judge(Workplace place)
{
    private readonly PeakMemory peak = new();

    public Verdict Read(Reader reader, Input input)
    {
        Answer? answer = null;
        Exception? exception = null;
        peak.Start();
        var (allocated, worked) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime);
        try
        {
            answer = reader.Read(input, place);
        }
#pragma warning disable CA1031 // The purpose is to find any exception.
        catch (Exception caught)
#pragma warning restore CA1031
        {
            exception = caught;
        }

        worked = Environment.CpuUsage.TotalTime - worked;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var grown = peak.Growth;

        var message = exception?.Message ?? answer?.Refusal;
        var outcome =
            Limits.IsOverBytes(reader, input, answer, exception, allocated, grown) ? Outcome.OverBytes
            : worked > Limits.Work(input.Bytes.Length) ? Outcome.OverWork
            : exception is not null && exception.GetType() != reader.Refusal ? Outcome.Untyped
            : message is null ? Outcome.Sound
            : message.Length > Limits.MessageLength || message.Any(char.IsControl) ? Outcome.BadMessage
            : Outcome.Refused;
        return outcome is Outcome.Sound or Outcome.Refused
            ? new Verdict(outcome)
            : new Verdict(outcome, SignatureOf(outcome, input, exception, message), string.Create(CultureInfo.InvariantCulture,
                $"""
                {input.Description}, {input.Bytes.Length} bytes
                {allocated >> 10} kB allocated, {grown >> 10} kB at the peak, {worked.TotalMilliseconds:F0} ms of work
                {exception?.GetType().FullName ?? "no exception"}: {Shown(message ?? "")}
                {string.Join('\n', FramesOf(exception).Take(8))}
                """));
    }

    private static string SignatureOf(Outcome outcome, Input input, Exception? exception, string? message)
    {
        var kind = $"{outcome}: {exception?.GetType().Name ?? (message is null ? "sound" : "refused")}";
        var frame = FramesOf(exception).FirstOrDefault(line => line.Contains("at FcnSharp.", StringComparison.Ordinal)) ?? "";
        var method = frame.Trim().Split('(')[0];
        return outcome is Outcome.OverBytes or Outcome.OverWork ? $"{kind}, {input.Description} {method}"
            : $"{kind} {(exception is null ? Words(message) : method)}";
    }

    /// <summary>The beginning of a refusal's message after the path, without its numbers.</summary>
    private static string Words(string? message)
    {
        var words = message?.Split(": ", 2)[^1] ?? "";
        return Shown(string.Concat(words.Take(15).Select(letter => char.IsDigit(letter) ? '#' : letter)));
    }

    /// <summary>The first stack frame, then those of the library, innermost exception first.</summary>
    private static IEnumerable<string> FramesOf(Exception? exception)
    {
        var all = new List<string>();
        for (; exception is not null; exception = exception.InnerException)
        {
            all.InsertRange(0, exception.StackTrace?.Split('\n') ?? []);
        }

        return all.Where((line, index) => index == 0
            || (line.Contains("at FcnSharp.", StringComparison.Ordinal) && !line.Contains("at FcnSharp.Fuzz.", StringComparison.Ordinal)));
    }

    private static string Shown(string message)
    {
        var start = message.Length <= 300 ? message : $"{message[..300]}... ({message.Length} characters)";
        return string.Concat(start.Select(letter => char.IsControl(letter) ? $"\\u{(int)letter:x4}" : letter.ToString()));
    }
}
