using System.Diagnostics;
using System.Net.Http.Headers;

namespace FcnSharp.LoadTest;

/// <summary>Sends one request after the other; if the service is busy, retries sooner than Retry-After says.</summary>
internal sealed class Client(HttpClient http, Tally tally, int seed)
{
    private const int Busy = 503;

    /// <summary>Size of the body from which a client sends Expect: 100-continue, as curl does: 1 MiB.</summary>
    private const int AskFirst = 1 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Random random = new(seed);

    /// <summary>Sends requests until <paramref name="end"/>, and waits for the last response.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            if (await SendAsync(RequestKinds.Choose(random)) == Busy)
            {
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    /// <returns>The status; 0 if the connection broke.</returns>
    private async Task<int> SendAsync(RequestKind kind)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/segment") { Content = new ByteArrayContent(kind.Body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(kind.ContentType);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(kind.Accept));
        request.Headers.ExpectContinue = kind.Body.Length > AskFirst;
        var clock = Stopwatch.StartNew();
        try
        {
            using var response = await http.SendAsync(request);
            var status = (int)response.StatusCode;
            var isRight = status != 200 || kind.IsRight?.Invoke(await response.Content.ReadAsByteArrayAsync()) == true;
            tally.Add(kind.Name, status, clock.Elapsed, isRight && (status == kind.Status || status is 503 or 504));
            return status;
        }
        catch (HttpRequestException exception)
        {
            tally.Add($"{kind.Name}: {exception.Message}", 0, clock.Elapsed, isIntended: false);
            return 0;
        }
    }
}
