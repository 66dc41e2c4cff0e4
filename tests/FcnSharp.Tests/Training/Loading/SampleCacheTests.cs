using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;
using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

public class SampleCacheTests
{
    private const int SampleBytes = 4 * 24 * 16;

    [Fact]
    public void Get_Again_GivesTheKeptSampleWithoutLoadingIt()
    {
        var dataset = new CountingDataset(TrainingSet.Of(3));
        var cache = new SampleCache(dataset, budget: 3 * SampleBytes);

        var first = cache.Get(1);

        Assert.Same(first, cache.Get(1));
        Assert.Equal(1, dataset.Loads);
        Assert.Equal(SampleBytes, cache.Bytes);
    }

    [Fact]
    public void Get_BeyondTheBudget_LoadsEachTime()
    {
        var dataset = new CountingDataset(TrainingSet.Of(5));
        var cache = new SampleCache(dataset, budget: (3 * SampleBytes) - 1);

        for (var i = 0; i < 10; i++)
        {
            cache.Get(i % 5);
        }

        Assert.Equal(2 * SampleBytes, cache.Bytes);
        Assert.Equal(2 + 3 + 3, dataset.Loads);
    }

    [Fact]
    public void Get_ByManyThreads_NeverExceedsTheBudget()
    {
        var cache = new SampleCache(TrainingSet.Of(20), budget: 7 * SampleBytes);

        Parallel.For(0, 400, i =>
        {
            Assert.Equal($"p{i % 20}", cache.Get(i % 20).Name);
            Assert.InRange(cache.Bytes, 0, 7 * SampleBytes);
        });

        Assert.Equal(7 * SampleBytes, cache.Bytes);
    }

    [Fact]
    public void Get_LabelsThatDoNotFit_NamesThePicture()
    {
        var wrongSize = new SegmentationSample("small", TestPictures.Noise(4, 4), new LabelMap(new byte[8], 4, 2));
        var wrongId = new SegmentationSample("high", TestPictures.Noise(2, 1), new LabelMap(new byte[] { 255, 4 }, 2, 1));
        var cache = new SampleCache(new MemoryDataset(TrainingSet.Classes, TrainingSet.IgnoreId, [wrongSize, wrongId]), budget: 1000);

        var size = Assert.Throws<DatasetException>(() => cache.Get(0));
        var id = Assert.Throws<DatasetException>(() => cache.Get(1));

        Assert.Equal((DatasetFault.SizeMismatch, "small"), (size.Fault, size.Path));
        Assert.Equal((DatasetFault.UnknownId, "high"), (id.Fault, id.Path));
        Assert.Contains("pixel (1, 0) has the id 4, but ids are 0 to 3, or 255", id.Message);
        Assert.Equal(0, cache.Bytes);
    }

    private sealed class CountingDataset(ISegmentationDataset inner) : ISegmentationDataset
    {
        private int loads;

        public int Loads => loads;

        public string Name => inner.Name;

        public ClassList Classes => inner.Classes;

        public int IgnoreId => inner.IgnoreId;

        public int Count => inner.Count;

        public string NameOf(int index) => inner.NameOf(index);

        public SegmentationSample Load(int index)
        {
            Interlocked.Increment(ref loads);
            return inner.Load(index);
        }
    }
}
