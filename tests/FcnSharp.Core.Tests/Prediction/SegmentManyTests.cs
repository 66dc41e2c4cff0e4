using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

public sealed class SegmentManyTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FcnPredictor predictor = FcnPredictor.Create(FilledNetwork.Tiny());

    public void Dispose()
    {
        predictor.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task SegmentMany_ManyFiles_GivesEachResultInOrder()
    {
        var paths = Enumerable.Range(1, 12).Select(i => Save(i)).ToList();

        var results = await predictor.SegmentMany(Async(paths)).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 12).Select(i => 10 + i), results.Select(result => result.Picture.Width));
        Assert.Equal(predictor.Segment(paths[4]).Labels.Labels.ToArray(), results[4].Labels.Labels.ToArray());
    }

    [Fact]
    public async Task SegmentMany_ManyFiles_DecodesOnlyAFewAhead()
    {
        var (taken, furthest) = (0, 0);
        var path = Save(1);
        var paths = Enumerable.Range(1, 200).Select(asked =>
        {
            furthest = Math.Max(furthest, asked - Volatile.Read(ref taken));
            return path;
        });

        await foreach (var result in predictor.SegmentMany(Async(paths)))
        {
            Interlocked.Increment(ref taken);
        }

        Assert.Equal(200, taken);
        Assert.InRange(furthest, 2, 6);
    }

    [Fact]
    public async Task SegmentMany_ABadFile_GivesTheResultsBeforeItAndThenItsException()
    {
        File.WriteAllText(folder["bad.jpg"], "dear diary");
        var taken = 0;

        var error = await Assert.ThrowsAsync<ImageFileException>(async () =>
        {
            await foreach (var result in predictor.SegmentMany(Async([Save(1), Save(2), folder["bad.jpg"], Save(3)])))
            {
                taken++;
            }
        });

        Assert.Equal(folder["bad.jpg"], error.Path);
        Assert.Equal(2, taken);
    }

    [Fact]
    public async Task SegmentMany_Cancelled_EndsWithThatException()
    {
        using var cancellation = new CancellationTokenSource();
        var path = Save(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in predictor.SegmentMany(Async(Enumerable.Repeat(path, 1000)), cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    private static async IAsyncEnumerable<string> Async(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            await Task.Yield();
            yield return path;
        }
    }

    private string Save(int number)
    {
        var path = folder[$"{number}.png"];
        TestPictures.Noise(10 + number, 20, seed: number).Save(path);
        return path;
    }
}
