using System.Diagnostics;
using FcnSharp.Data;
using FcnSharp.Tests.Support;
using FcnSharp.Training;
using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

public class TrainingLoaderTests
{
    private static readonly AugmentationOptions Everything = AugmentationOptions.Default with
    {
        CropWidth = 12,
        CropHeight = 10,
        MaxRotationDegrees = 20,
    };

    [Fact]
    public void Read_WhateverWorkersAndCache_GivesTheSameBatches()
    {
        var reference = Copies(Loader(new LoadingOptions { Workers = 1, PrefetchedBatches = 1, CacheBytes = 0 }), 0, 0, count: 12);

        Assert.Equal(reference, Copies(Loader(new LoadingOptions { Workers = 4, PrefetchedBatches = 6 }), 0, 0, count: 12));
        Assert.Equal(
            reference, Copies(Loader(new LoadingOptions { Workers = 3, PrefetchedBatches = 2, CacheBytes = 3000 }), 0, 0, count: 12));
        Assert.NotEqual(reference[0], Copies(Loader(new LoadingOptions(), seed: 2), 0, 0, count: 1)[0]);
        Assert.Equal(12, reference.Select(batch => batch.Pixels).Distinct().Count());
    }

    [Fact]
    public void Read_FromAPosition_GivesTheTailOfAnUninterruptedRead()
    {
        var loader = Loader(new LoadingOptions { Workers = 2 });
        var all = Copies(loader, 0, 0, count: 3 * loader.BatchesPerEpoch);

        for (var position = 0; position < all.Count; position++)
        {
            var (epoch, index) = Math.DivRem(position, loader.BatchesPerEpoch);
            Assert.Equal((epoch, index), (all[position].Epoch, all[position].Index));
            Assert.Equal(all[position..], Copies(Loader(new LoadingOptions { Workers = 2 }), epoch, index, all.Count - position));
        }
    }

    [Fact]
    public void Read_TheSamePictureInEveryEpoch_VariesItAnew()
    {
        using var loader = new TrainingLoader(
            TrainingSet.Of(1), TrainingSet.Bytes, Everything, new LoadingOptions(), batchSize: 1, seed: 1);

        var batches = Copies(loader, 0, 0, count: 20);

        Assert.Equal(20, batches.Select(batch => batch.Pixels).Distinct().Count());
    }

    [Fact]
    public void Read_AnEpoch_VisitsEveryPictureOnce()
    {
        using var loader = new TrainingLoader(
            TrainingSet.Of(12), TrainingSet.Bytes, Everything, new LoadingOptions(), batchSize: 4, seed: 1);

        var names = Copies(loader, 2, 0, loader.BatchesPerEpoch).SelectMany(batch => batch.Names.Split(',')).ToList();

        Assert.Equal(3, loader.BatchesPerEpoch);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"p{i}").Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_PicturesThatFillNoLastBatch_AreLeftOutInTurn()
    {
        using var loader = new TrainingLoader(
            TrainingSet.Of(7), TrainingSet.Bytes, Everything, new LoadingOptions(), batchSize: 3, seed: 1);

        var batches = Copies(loader, 0, 0, count: 40);

        Assert.Equal(2, loader.BatchesPerEpoch);
        Assert.All(batches.Chunk(2), epoch => Assert.Equal(6, epoch.SelectMany(batch => batch.Names.Split(',')).Distinct().Count()));
        Assert.Equal(7, batches.SelectMany(batch => batch.Names.Split(',')).Distinct().Count());
    }

    [Fact]
    public void Read_FewerPicturesThanABatch_GivesThemAll()
    {
        using var loader = new TrainingLoader(
            TrainingSet.Of(3), TrainingSet.Bytes, Everything, new LoadingOptions(), batchSize: 8, seed: 1);

        var batch = loader.Read(5, 0, CancellationToken.None).First();

        Assert.Equal(1, loader.BatchesPerEpoch);
        Assert.Equal((3, 10, 12), (batch.Count, batch.Height, batch.Width));
        Assert.Equal((3 * 3 * 120, 3 * 120, 3), (batch.Pixels.Length, batch.Labels.Length, batch.Names.Count));
    }

    [Fact]
    public void Read_WholePicturesOneAtATime_KeepsEachOnesSizeAndPixels()
    {
        var dataset = TrainingSet.Of(6, ragged: true);
        using var loader = new TrainingLoader(
            dataset, TrainingSet.Bytes, AugmentationOptions.None, new LoadingOptions(), batchSize: 1, seed: 1);

        foreach (var batch in loader.Read(0, 0, CancellationToken.None).Take(6))
        {
            var sample = dataset.Load(int.Parse(batch.Names[0].AsSpan(1)));
            Assert.Equal((sample.Picture.Width, sample.Picture.Height), (batch.Width, batch.Height));
            Assert.Equal(sample.Labels.Labels.ToArray(), batch.Labels);
            Assert.Equal(batch.Labels.Select(id => (float)TrainingSet.ColorOf(id)), batch.Pixels[..batch.Labels.Length]
                .Select(value => MathF.Round(value)));
        }
    }

    [Fact]
    public void Read_WholePicturesOfDifferingSizes_PadsToTheLargest()
    {
        var dataset = TrainingSet.Of(8, ragged: true);
        using var loader = new TrainingLoader(
            dataset, TrainingSet.Bytes, AugmentationOptions.None, new LoadingOptions(), batchSize: 8, seed: 1);

        var batch = loader.Read(0, 0, CancellationToken.None).First();

        Assert.Equal((8, 18, 33), (batch.Count, batch.Height, batch.Width));
        for (var i = 0; i < 8; i++)
        {
            var labels = dataset.Load(int.Parse(batch.Names[i].AsSpan(1))).Labels;
            for (var at = 0; at < 18 * 33; at++)
            {
                var (x, y) = (at % 33, at / 33);
                var inside = x < labels.Width && y < labels.Height;
                Assert.Equal(inside ? labels[x, y] : TrainingSet.IgnoreId, batch.Labels[(i * 18 * 33) + at]);
                Assert.Equal(inside ? TrainingSet.ColorOf(labels[x, y]) : 0, batch.Pixels[(i * 3 * 18 * 33) + at], 1e-3);
            }
        }
    }

    [Fact]
    public void Read_OnAndOn_UsesFewBuffers()
    {
        using var loader = Loader(new LoadingOptions { Workers = 2, PrefetchedBatches = 2 });

        var buffers = loader.Read(0, 0, CancellationToken.None).Take(50).Select(batch => batch.Pixels).Distinct().Count();

        Assert.InRange(buffers, 1, 4);
    }

    [Fact]
    public void Read_APictureThatCannotBeRead_IsNamedAtItsPlace()
    {
        var samples = Enumerable.Range(0, 6).Select(i => i == 2 ? null : TrainingSet.Blocks($"p{i}", 8, 8, i)).ToList();
        using var loader = new TrainingLoader(
            new MemoryDataset(TrainingSet.Classes, TrainingSet.IgnoreId, samples), TrainingSet.Bytes, Everything,
            new LoadingOptions { Workers = 3 }, batchSize: 1, seed: 1);
        var names = new List<string>();

        var error = Assert.Throws<DatasetException>(() =>
        {
            foreach (var batch in loader.Read(0, 0, CancellationToken.None))
            {
                names.Add(batch.Names[0]);
            }
        });

        Assert.Equal("p2.png", error.Path);
        Assert.Equal(names.Append("p2"), new EpochOrder(6, seed: 1).Of(0).Take(names.Count + 1).Select(i => $"p{i}"));
    }

    [Fact]
    public void Read_BatchAfterBatch_CountsTheTimeInItsCallsAsWaiting()
    {
        using var loader = Loader(new LoadingOptions { Workers = 1, PrefetchedBatches = 1 });
        using var reading = loader.Read(0, 0, CancellationToken.None).GetEnumerator();
        var inCalls = TimeSpan.Zero;

        for (var i = 0; i < 5; i++)
        {
            var since = Stopwatch.GetTimestamp();
            reading.MoveNext();
            inCalls += Stopwatch.GetElapsedTime(since);
        }

        Assert.InRange(loader.Waited, TimeSpan.FromTicks(1), inCalls);
    }

    [Fact]
    public void Read_Cancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        using var loader = Loader(new LoadingOptions { Workers = 2 });

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var batch in loader.Read(0, 0, cancellation.Token))
            {
                if (batch.Index == 1)
                {
                    cancellation.Cancel();
                }
            }
        });
    }

    [Fact]
    public void Dispose_WhileSomebodyReads_EndsTheReading()
    {
        var loader = Loader(new LoadingOptions { Workers = 2 });
        using var reading = loader.Read(0, 0, CancellationToken.None).GetEnumerator();
        reading.MoveNext();

        loader.Dispose();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (reading.MoveNext())
            {
            }
        });
        Assert.Throws<ObjectDisposedException>(() => loader.Read(0, 0, CancellationToken.None).First());
    }

    [Fact]
    public void Read_TwiceAtOnce_IsRefusedButOneAfterAnotherIsNot()
    {
        using var loader = Loader(new LoadingOptions());

        using (var reading = loader.Read(0, 0, CancellationToken.None).GetEnumerator())
        {
            reading.MoveNext();
            Assert.Throws<InvalidOperationException>(() => loader.Read(0, 0, CancellationToken.None).First());
        }

        Assert.Equal(0, loader.Read(0, 0, CancellationToken.None).First().Index);
    }

    [Fact]
    public void Cache_WithABudget_StaysWithinIt()
    {
        using var loader = Loader(new LoadingOptions { Workers = 3, CacheBytes = 5000 });

        foreach (var batch in loader.Read(0, 0, CancellationToken.None).Take(20))
        {
            Assert.InRange(loader.CachedBytes, 0, 5000);
        }

        Assert.Equal(3 * 4 * 24 * 16, loader.CachedBytes);
    }

    [Fact]
    public void Constructor_WhatCannotWork_IsRefused()
    {
        TrainingLoader Make(int pictures, AugmentationOptions augmentation, int batchSize) =>
            new(TrainingSet.Of(pictures), TrainingSet.Bytes, augmentation, new LoadingOptions(), batchSize, seed: 1);

        Assert.Contains("has no pictures", Assert.Throws<ArgumentException>(() => Make(0, Everything, 1)).Message);
        Assert.Contains("is above MaxScale", Assert.Throws<ArgumentException>(() => Make(1, Everything with { MinScale = 3 }, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(1, Everything, 0));
        using var loader = Make(4, Everything, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Read(-1, 0, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Read(0, 2, CancellationToken.None));
    }

    private static TrainingLoader Loader(LoadingOptions loading, long seed = 1) =>
        new(TrainingSet.Of(10), TrainingSet.Bytes, Everything, loading, batchSize: 3, seed);

    private static List<BatchCopy> Copies(TrainingLoader loader, int epoch, int index, int count) =>
        [.. loader.Read(epoch, index, CancellationToken.None).Take(count).Select(batch => new BatchCopy(
            batch.Epoch, batch.Index, string.Join(',', batch.Names), string.Join(' ', batch.Pixels), Convert.ToHexString(batch.Labels)))];

    private sealed record BatchCopy(int Epoch, int Index, string Names, string Pixels, string Labels);
}
