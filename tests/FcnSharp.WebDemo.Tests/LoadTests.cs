using System.Net;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>Requests above the limit are refused at once; a client that disconnects frees its place.</summary>
public sealed class LoadTests : IDisposable
{
    private readonly GatedEngine engine = new();
    private readonly Server server;

    public LoadTests() => server = new Server(
        engine,
        (nameof(ServiceOptions.MaxRequests), "3"),
        (nameof(ServiceOptions.MaxPicturesAtOnce), "2"),
        (nameof(ServiceOptions.RetryAfterSeconds), "7"),
        (nameof(ServiceOptions.TimeoutSeconds), "600"));

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Segment_WhenTheServiceIsFull_Answers503WithRetryAfter()
    {
        var inside = await FillAsync();

        using var response = await server.PictureAsync(Send.SmallPng);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        Assert.Contains("Try again", (await response.JsonAsync()).GetProperty("detail").GetString());
        engine.OpenGate();
        Assert.All(await Task.WhenAll(inside), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Segment_OfThreeInside_WorksOnTwoAtATime()
    {
        var inside = await FillAsync();

        var health = await HealthAsync();

        Assert.Equal((2, 1), health);
        engine.OpenGate();
        await Task.WhenAll(inside);
        Assert.Equal(2, engine.Most);
        Assert.Equal((0, 0), await HealthAsync());
    }

    [Fact]
    public async Task Segment_WhoseClientLeaves_IsCancelledAndMakesRoom()
    {
        using var client = server.CreateClient();
        engine.CloseGate();
        using var leave = new CancellationTokenSource();
        var left = server.PictureAsync(Send.SmallPng, cancellationToken: leave.Token);
        await Send.UntilAsync(() => engine.Running == 1);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await engine.Cancelled.Task.WaitAsync(Send.Patience);
        engine.OpenGate();
        using var next = await server.PictureAsync(Send.SmallPng);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Segment_WhoseClientLeavesTheLine_IsNeverWorkedOn()
    {
        using var client = server.CreateClient();
        engine.CloseGate();
        Task<HttpResponseMessage>[] working = [server.PictureAsync(Send.SmallPng), server.PictureAsync(Send.SmallPng)];
        await Send.UntilAsync(() => engine.Running == 2);
        using var leave = new CancellationTokenSource();
        var waiting = server.PictureAsync(Send.SmallPng, cancellationToken: leave.Token);
        await UntilHealthAsync((2, 1));

        await leave.CancelAsync();

        await UntilHealthAsync((2, 0));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        engine.OpenGate();
        Assert.All(await Task.WhenAll(working), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    /// <summary>Two pictures in work, one waiting.</summary>
    private async Task<Task<HttpResponseMessage>[]> FillAsync()
    {
        using var client = server.CreateClient(); // Starts the server, which warms up.
        engine.CloseGate();
        Task<HttpResponseMessage>[] inside = [.. Enumerable.Range(0, 3).Select(_ => server.PictureAsync(Send.SmallPng))];
        await Send.UntilAsync(() => engine.Running == 2);
        await UntilHealthAsync((2, 1));
        return inside;
    }

    private async Task UntilHealthAsync((int Working, int Waiting) expected)
    {
        using var patience = new CancellationTokenSource(Send.Patience);
        while (await HealthAsync() != expected)
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private async Task<(int Working, int Waiting)> HealthAsync()
    {
        using var client = server.CreateClient();
        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative));
        var health = await response.JsonAsync();
        return (health.GetProperty("working").GetInt32(), health.GetProperty("waiting").GetInt32());
    }
}
