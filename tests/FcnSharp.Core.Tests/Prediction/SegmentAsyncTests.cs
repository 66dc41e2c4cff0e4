using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Prediction;

public sealed class SegmentAsyncTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FcnPredictor predictor = FcnPredictor.Create(FilledNetwork.Tiny());

    public void Dispose()
    {
        predictor.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task SegmentManyAsync_ManyFiles_GivesEachResultInOrderWithItsTag()
    {
        var paths = Enumerable.Range(1, 12).Select(i => Save(i)).ToList();

        var results = await predictor.SegmentManyAsync(paths.Select((path, i) => PictureSource.FromPath(path, tag: i))).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 12).Select(i => 10 + i), results.Select(result => result.Segmentation!.Picture.Width));
        Assert.Equal(Enumerable.Range(0, 12), results.Select(result => (int)result.Source.Tag!));
        Assert.Equal(paths, results.Select(result => result.Source.Name));
        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal(predictor.Segment(paths[4]).Labels.Labels.ToArray(), results[4].Segmentation!.Labels.Labels.ToArray());
    }

    [Fact]
    public async Task SegmentManyAsync_ManyFiles_ReadsOnlyAFewAhead()
    {
        var (taken, furthest) = (0, 0);
        var path = Save(1);
        var sources = Enumerable.Range(1, 200).Select(asked =>
        {
            furthest = Math.Max(furthest, asked - Volatile.Read(ref taken));
            return PictureSource.FromPath(path);
        });

        await foreach (var result in predictor.SegmentManyAsync(sources))
        {
            Assert.True(result.Succeeded);
            Interlocked.Increment(ref taken);
        }

        Assert.Equal(200, taken);
        Assert.InRange(furthest, 2, 6);
    }

    [Fact]
    public async Task SegmentManyAsync_BadPictures_GiveTheirExceptionsAndDoNotEndTheSequence()
    {
        File.WriteAllText(folder["bad.jpg"], "dear diary");
        PictureSource[] sources =
        [
            PictureSource.FromPath(Save(1)), PictureSource.FromPath(folder["bad.jpg"]), PictureSource.FromPath(folder["missing.jpg"]),
            PictureSource.FromStream(_ => throw new InvalidOperationException("no such row")), PictureSource.FromPath(Save(2)),
        ];

        var results = await predictor.SegmentManyAsync(sources).ToListAsync();

        Assert.Equal([true, false, false, false, true], results.Select(result => result.Succeeded));
        Assert.Equal(folder["bad.jpg"], Assert.IsType<ImageFileException>(results[1].Exception).Path);
        Assert.IsType<FileNotFoundException>(results[2].Exception);
        Assert.Equal("no such row", Assert.IsType<InvalidOperationException>(results[3].Exception).Message);
    }

    [Fact]
    public async Task SegmentManyAsync_OfSourcesThatFail_EndsWithThatException()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await predictor.SegmentManyAsync(Sources()).ToListAsync());

        IEnumerable<PictureSource> Sources()
        {
            yield return PictureSource.FromPath(Save(1));
            throw new InvalidOperationException("the list is gone");
        }
    }

    [Fact]
    public async Task SegmentManyAsync_Cancelled_EndsWithThatException()
    {
        using var cancellation = new CancellationTokenSource();
        var path = Save(1);
        var sources = Enumerable.Repeat(path, 1000).Select(each => PictureSource.FromPath(each));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in predictor.SegmentManyAsync(sources, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task SegmentManyAsync_OfADisposedPredictor_EndsWithThatException()
    {
        predictor.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await predictor.SegmentManyAsync([PictureSource.FromPath(Save(1))]).ToListAsync());
    }

    [Fact]
    public async Task SegmentAsync_OfAnySource_GivesTheSameLabels()
    {
        var path = Save(7);
        var expected = predictor.Segment(path).Labels.Labels.ToArray();
        var file = await File.ReadAllBytesAsync(path);
        await using var body = new AsyncOnlyStream(file);

        Assert.Equal(expected, (await predictor.SegmentAsync(path)).Labels.Labels.ToArray());
        Assert.Equal(expected, (await predictor.SegmentAsync(body)).Labels.Labels.ToArray());
        Assert.Equal(expected, (await predictor.SegmentAsync(file.AsMemory())).Labels.Labels.ToArray());
        Assert.Equal(expected, (await predictor.SegmentAsync(RgbImage.Load(file))).Labels.Labels.ToArray());
        Assert.Equal(expected, predictor.Segment(file.AsMemory()).Labels.Labels.ToArray());
        await foreach (var result in predictor.SegmentManyAsync(
            [PictureSource.FromBytes(file), PictureSource.FromPicture(RgbImage.Load(file)),
                PictureSource.FromStream(_ => ValueTask.FromResult<Stream>(new AsyncOnlyStream(file)))]))
        {
            Assert.Equal(expected, result.Segmentation!.Labels.Labels.ToArray());
        }
    }

    [Fact]
    public async Task SegmentAsync_OfABrokenStream_NamesTheStream()
    {
        await using var stream = new MemoryStream("dear diary"u8.ToArray());

        var error = await Assert.ThrowsAsync<ImageFileException>(() => predictor.SegmentAsync(stream));

        Assert.Equal("the picture stream", error.Path);
    }

    [Fact]
    public async Task SegmentAsync_OfAFile_SaysHowLongReadingAndDecodingTook() =>
        Assert.True((await predictor.SegmentAsync(Save(3))).Timings.Decoding > TimeSpan.Zero);

    private string Save(int number)
    {
        var path = folder[$"{number}.png"];
        TestPictures.Noise(10 + number, 20, seed: number).Save(path);
        return path;
    }

    /// <summary>The body of a request on a server that forbids synchronous reads.</summary>
    private sealed class AsyncOnlyStream(byte[] bytes) : MemoryStream(bytes, 0, bytes.Length, writable: false, publiclyVisible: true)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous reading");

        public override int Read(Span<byte> buffer) => throw new InvalidOperationException("synchronous reading");

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var count = Math.Min(Math.Min(100, buffer.Length), (int)(Length - Position));
            GetBuffer().AsSpan((int)Position, count).CopyTo(buffer.Span);
            Position += count;
            return count;
        }
    }
}
