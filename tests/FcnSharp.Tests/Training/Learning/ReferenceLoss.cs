using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training.Learning;

/// <summary>The loss by its formulas, pixel by pixel in double precision, without tensors. Scores are (N, C, pixels), labels (N,
/// pixels).</summary>
internal static class ReferenceLoss
{
    public static double Of(LossOptions options, double[]? weights, double[] scores, long[] labels, int batch, int classes, int ignoreId)
    {
        var pixels = labels.Length / batch;
        var (entropy, counted) = (0.0, 0.0);
        var (overlap, predicted, actual) = (new double[classes], new double[classes], new double[classes]);
        for (var at = 0; at < labels.Length; at++)
        {
            if (labels[at] == ignoreId)
            {
                continue;
            }

            var label = (int)labels[at];
            var exponentials = Enumerable.Range(0, classes)
                .Select(id => Math.Exp(scores[(((at / pixels * classes) + id) * pixels) + (at % pixels)])).ToArray();
            var probabilities = exponentials.Select(value => value / exponentials.Sum()).ToArray();
            var weight = weights?[label] ?? 1;
            entropy -= weight * Math.Log(probabilities[label]);
            counted += weight;
            overlap[label] += probabilities[label];
            actual[label]++;
            for (var id = 0; id < classes; id++)
            {
                predicted[id] += probabilities[id];
            }
        }

        var present = Enumerable.Range(0, classes).Where(id => actual[id] > 0).ToList();
        var dice = present.Count == 0 ? 0 : present.Average(id => 1 - (2 * overlap[id] / (predicted[id] + actual[id])));
        var mean = counted == 0 ? 0 : ((1 - options.DiceShare) * entropy / counted) + (options.DiceShare * dice);
        return options.Reduction == LossReduction.Sum ? mean * counted : mean;
    }
}
