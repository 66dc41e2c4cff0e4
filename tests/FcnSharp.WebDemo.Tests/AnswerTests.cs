using System.Net;
using System.Text.Json.Nodes;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.WebDemoTests;

/// <summary>Every kind of response equals the library's result for the picture.</summary>
public class AnswerTests
{
    private static readonly Lazy<Segmentation> Expected = new(() =>
    {
        using var predictor = StreetScenes.CreatePredictor();
        using var stream = new MemoryStream(Send.Leuven);
        return predictor.Segment(stream);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    public async Task Segment_WithoutAWishOrForJson_AnswersTheLibrarysJson(string? accept)
    {
        using var response = await Server.Real.PictureAsync(Send.Leuven, accept);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("Accept", response.Headers.Vary.Single());
        AssertSameJson(Expected.Value.ToJson(), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Segment_ForRegionsOfASize_LeavesSmallerOnesOut()
    {
        using var response = await Server.Real.PictureAsync(Send.Leuven, query: "?min_region=500");

        AssertSameJson(Expected.Value.ToJson(new RegionOptions { MinPixels = 500 }), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Segment_ForLabelRuns_AnswersTheClassOfEveryPixel()
    {
        using var response = await Server.Real.PictureAsync(Send.Leuven, "application/json;labels=runs");

        var json = await response.JsonAsync();
        var runs = json.GetProperty("label_runs").EnumerateArray().Select(number => number.GetInt32()).Chunk(2);
        var labels = runs.SelectMany(run => Enumerable.Repeat((byte)run[0], run[1])).ToArray();
        Assert.Equal(Expected.Value.Labels.Labels.ToArray(), labels);
        Assert.Equal((751, 563), (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32()));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("image/*")]
    [InlineData("image/png;kind=overlay")]
    public async Task Segment_ForAPng_AnswersTheOverlay(string accept) =>
        AssertSamePicture(Expected.Value.ToOverlay(), await PngAsync(accept));

    [Fact]
    public async Task Segment_ForAnOverlayWithOpacityAndLegend_MixesLikeThat() => AssertSamePicture(
        Expected.Value.ToOverlay(new OverlayOptions { Opacity = 0.25, Legend = true }),
        await PngAsync("image/png", "?opacity=0.25&legend=true"));

    [Fact]
    public async Task Segment_ForColors_AnswersTheColorMap() =>
        AssertSamePicture(Expected.Value.ToColorMap(), await PngAsync("image/png;kind=colors"));

    [Fact]
    public async Task Segment_ForLabels_AnswersAnIndexedPng()
    {
        using var png = await PngAsync("image/png;kind=labels");

        Assert.Equal(Expected.Value.Labels.Labels.ToArray(), LabelMap.Load(png).Labels.ToArray());
    }

    [Fact]
    public async Task Segment_OfAForm_TakesItsFirstFile()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("a street"), "comment" },
            { Send.Body(Send.Leuven, "image/jpeg"), "picture", "leuven.jpg" },
        };

        using var response = await Server.Real.PostAsync(form);

        AssertSameJson(Expected.Value.ToJson(), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Segment_ManyAtOnce_AnswersAll()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Server.Real.PictureAsync(Send.SmallPng)));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    private static async Task<Stream> PngAsync(string accept, string query = "")
    {
        var response = await Server.Real.PictureAsync(Send.Leuven, accept, query);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        return await response.Content.ReadAsStreamAsync();
    }

    private static void AssertSamePicture(RgbImage expected, Stream png)
    {
        var picture = RgbImage.Load(png);

        Assert.Equal((expected.Width, expected.Height), (picture.Width, picture.Height));
        Assert.True(expected.Pixels.Span.SequenceEqual(picture.Pixels.Span));
    }

    private static void AssertSameJson(string expected, string actual)
    {
        var (left, right) = (JsonNode.Parse(expected)!.AsObject(), JsonNode.Parse(actual)!.AsObject());
        Assert.Equal(Names(left["timings_ms"]!), Names(right["timings_ms"]!));
        left.Remove("timings_ms");
        right.Remove("timings_ms");
        Assert.Equal(left.ToJsonString(), right.ToJsonString());
    }

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(member => member.Key);
}
