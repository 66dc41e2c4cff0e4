using System.Text.Json;
using FcnSharp.Imaging;

namespace FcnSharp.CliTests;

/// <summary>Every command writes its result as JSON, and nothing else, to standard output.</summary>
public sealed class CommandJsonTests : IDisposable
{
    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Info_AsJson_HasEngineAndFormats()
    {
        var info = Json(0, "info", "--json");

        Assert.Contains("thread", info.GetProperty("engine").GetString());
        Assert.Equal("Street scenes FCN-4s", info.GetProperty("network").GetString());
        Assert.Contains("Onnx", info.GetProperty("formats").EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public void Models_AsJson_HasEveryModelAndItsPlace()
    {
        var models = Json(0, "models", "--cache", tool.At("cache"), "--json");

        var first = models.GetProperty("models").EnumerateArray().First(item => item.GetProperty("name").GetString() == "fcn_resnet50");
        Assert.Equal("BSD-3-Clause", first.GetProperty("license").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("path").ValueKind);
        Assert.Equal(tool.At("cache"), models.GetProperty("folder").GetString());
    }

    [Fact]
    public void CheckData_AsJson_HasFindingsAndFrequencies()
    {
        PutData(label: 3);

        var sound = Json(0, "check-data", tool.At("data"), "--classes", "4", "--json");
        var unsound = Json(1, "check-data", tool.At("data"), "--classes", "2", "--json");

        Assert.True(sound.GetProperty("is_sound").GetBoolean());
        Assert.Equal(1200, sound.GetProperty("classes")[3].GetProperty("pixels").GetInt64());
        var finding = unsound.GetProperty("findings").EnumerateArray().Single();
        Assert.Equal("UnknownId", finding.GetProperty("fault").GetString());
        Assert.EndsWith("a.png", finding.GetProperty("files")[0].GetProperty("path").GetString());
    }

    [Fact]
    public void Evaluate_AsJson_HasScoresBySplitAndClass()
    {
        PutData(label: 0);

        var split = Json(0, "evaluate", tool.At("data"), "--model", Tool.SmallModel, "--calibration", "--json").GetProperty("splits")[0];

        Assert.Equal(1, split.GetProperty("pictures").GetInt32());
        Assert.InRange(split.GetProperty("pixel_accuracy").GetDouble(), 0, 1);
        Assert.InRange(split.GetProperty("expected_calibration_error").GetDouble(), 0, 1);
        Assert.Equal(0, split.GetProperty("classes")[0].GetProperty("id").GetInt32());
    }

    [Fact]
    public void Convert_AsJson_SaysWhatWasDone()
    {
        var conversion = Json(0, "convert", Tool.SmallModel, tool.At("out.safetensors"), "--json");

        Assert.True(conversion.GetProperty("is_complete").GetBoolean());
        Assert.True(conversion.GetProperty("loaded").GetInt32() > 10);
        Assert.Equal(tool.At("out.safetensors"), conversion.GetProperty("written").GetString());
    }

    [Fact]
    public void Pull_AsJson_OfWhatIsThere_HasItsPath()
    {
        var file = PublishedFile("fcn_resnet50");

        var model = Json(0, "pull", "fcn_resnet50", "--cache", tool.At("cache"), "--json");

        Assert.Equal(file, model.GetProperty("path").GetString());
    }

    private string PublishedFile(string name)
    {
        var file = Cli.Models.PublishedModel.Find(name)!.File;
        return tool.PutBytes(Path.Combine("cache", file), [1]);
    }

    private void PutData(byte label)
    {
        Directory.CreateDirectory(tool.At("data", "images"));
        Directory.CreateDirectory(tool.At("data", "labels"));
        new RgbImage(new byte[3 * 40 * 30], 40, 30).Save(tool.At("data", "images", "a.png"));
        var labels = new byte[40 * 30];
        labels.AsSpan().Fill(label);
        new LabelMap(labels, 40, 30).Save(tool.At("data", "labels", "a.png"), Palette.Voc);
    }

    private JsonElement Json(int code, params string[] arguments)
    {
        var run = tool.Run(arguments);

        Assert.Equal((code, ""), (run.Code, run.Errors));
        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(1, json.GetProperty("schema_version").GetInt32());
        return json;
    }
}
