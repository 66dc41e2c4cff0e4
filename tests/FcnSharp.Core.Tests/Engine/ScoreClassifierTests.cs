using FcnSharp.Engine;

namespace FcnSharp.Tests.Engine;

public class ScoreClassifierTests
{
    [Fact]
    public void Classify_AtTheScoresSize_TakesTheLargestAndTheLowestAmongEquals()
    {
        var scores = new ScoreMap(new float[] { 1, 5, 2, /**/ 3, 5, 2, /**/ -1, 5, 9 }, numClasses: 3, height: 1, width: 3);

        var labels = ScoreClassifier.Classify(scores, new ClassificationRequest { Width = 3, Height = 1 }).Labels;

        Assert.Equal([1, 0, 2], labels.Labels.ToArray());
    }

    [Fact]
    public void Classify_Probabilities_AreTheSoftmaxAndConfidenceTheirLargest()
    {
        var scores = new ScoreMap(new float[] { 0, 1000, /**/ MathF.Log(3), -1000 }, numClasses: 2, height: 1, width: 2);
        var request = new ClassificationRequest { Width = 2, Height = 1, Confidence = true, Probabilities = true };

        var answer = ScoreClassifier.Classify(scores, request);

        Assert.Equal(0.25f, answer.Probabilities![0, 0, 0], 1e-6f);
        Assert.Equal(0.75f, answer.Probabilities[1, 0, 0], 1e-6f);
        Assert.Equal([191, 255], answer.Confidence!.Pixels.ToArray());
        Assert.Equal([1, 0], answer.Labels.Labels.ToArray());
    }

    [Fact]
    public void Classify_ATemperature_DividesScoresBeforeTheSoftmax()
    {
        var scores = new ScoreMap(new float[] { 0, /**/ 2 * MathF.Log(3) }, numClasses: 2, height: 1, width: 1);
        var request = new ClassificationRequest { Width = 1, Height = 1, Probabilities = true, Temperature = 2 };

        var answer = ScoreClassifier.Classify(scores, request);

        Assert.Equal(0.25f, answer.Probabilities![0, 0, 0], 1e-6f);
    }

    [Fact]
    public void Classify_NothingAskedFor_GivesLabelsOnly()
    {
        var answer = ScoreClassifier.Classify(
            new ScoreMap(new float[2], 2, 1, 1), new ClassificationRequest { Width = 1, Height = 1 });

        Assert.Null(answer.Confidence);
        Assert.Null(answer.Probabilities);
    }

    /// <summary>By hand, as torch.nn.functional.interpolate(mode="bilinear", align_corners=False): 2 to 4 cells are at -0.25, 0.25, 0.75,
    /// 1.25.</summary>
    [Fact]
    public void BilinearAxis_TwoToFour_IsThatOfPyTorch()
    {
        var target = new float[4];

        new BilinearAxis(2, 4).Resize([10, 20], target);

        Assert.Equal([10, 12.5f, 17.5f, 20], target);
    }

    [Fact]
    public void BilinearAxis_FiveToThree_IsThatOfPyTorch()
    {
        var target = new float[3];

        new BilinearAxis(5, 3).Resize([0, 10, 20, 30, 40], target);

        Assert.Equal([3.3333333f, 20, 36.666668f], target, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Classify_Enlarged_ResizesScoresBeforeTheArgMax()
    {
        // Class 1 leads by 1 at the left and trails by 3 at the right: the border is at a quarter of the distance between the centres.
        var scores = new ScoreMap(new float[] { 0, 3, /**/ 1, 0 }, numClasses: 2, height: 1, width: 2);

        var labels = ScoreClassifier.Classify(scores, new ClassificationRequest { Width = 16, Height = 2 }).Labels;

        byte[] row = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal([.. row, .. row], labels.Labels.ToArray());
    }

    [Fact]
    public void ScoreMap_ABufferOfAnotherLength_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new ScoreMap(new float[5], 2, 3, 1));

        Assert.Contains("take 6 values, but the buffer has 5", error.Message);
    }
}
