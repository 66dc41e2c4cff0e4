using System.Net;
using System.Text.Json;
using WebDemo;

namespace FcnSharp.WebDemoTests;

/// <summary>Health, the model's description, the OpenAPI document, and the headers of every response.</summary>
public class ServiceTests
{
    [Fact]
    public async Task Health_OfARunningService_SaysSo()
    {
        var health = await GetJsonAsync("/health");

        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Contains("engine", health.GetProperty("engine").GetString());
    }

    [Fact]
    public async Task Model_OfTheBundledNetwork_NamesItsClassesAndLimits()
    {
        var model = await GetJsonAsync("/api/model");

        var classes = model.GetProperty("classes").EnumerateArray().ToList();
        Assert.Equal(StreetScenesNames, classes.Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(Enumerable.Range(0, 11), classes.Select(one => one.GetProperty("id").GetInt32()));
        Assert.Equal("#808080", classes[0].GetProperty("color").GetString());
        Assert.Equal("#00a0ff", classes[0].GetProperty("overlay_color").GetString());
        Assert.Equal(540, model.GetProperty("working_size").GetInt32());
        Assert.Equal("longer", model.GetProperty("working_side").GetString());
        Assert.Equal(20971520, model.GetProperty("limits").GetProperty("max_body_bytes").GetInt64());
        Assert.Contains("NC", model.GetProperty("license").GetString());
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/app.js", HttpStatusCode.OK)]
    [InlineData("/api.html", HttpStatusCode.OK)]
    [InlineData("/api/model", HttpStatusCode.OK)]
    [InlineData("/api/segment", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Headers_OfEveryAnswer_AllowNothingFromElsewhere(string path, HttpStatusCode status)
    {
        using var client = Server.Real.CreateClient();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        AssertSafe(response);
    }

    [Fact]
    public async Task Headers_OfARefusal_AllowNothingFromElsewhere()
    {
        using var response = await Server.Real.PictureAsync("dear diary"u8.ToArray());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        AssertSafe(response);
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task OpenApi_OfTheService_ListsEveryPath()
    {
        var document = await GetJsonAsync("/openapi/v1.json");

        Assert.Equal(["/api/model", "/api/segment", "/health"], Names(document.GetProperty("paths")).Order());
    }

    [Fact]
    public async Task OpenApi_OfSegment_ListsWhatItTakesAndEveryMediaTypeItAnswers()
    {
        var segment = (await GetJsonAsync("/openapi/v1.json")).GetProperty("paths").GetProperty("/api/segment").GetProperty("post");

        Assert.Equal(["image/*", "multipart/form-data"], Names(segment.GetProperty("requestBody").GetProperty("content")).Order());
        Assert.Equal(["legend", "min_region", "opacity"], segment.GetProperty("parameters").EnumerateArray()
            .Select(one => one.GetProperty("name").GetString()).Order());
        Assert.Equal(
            AnswerKind.All.SelectMany(kind => kind.Names).Order(),
            Names(segment.GetProperty("responses").GetProperty("200").GetProperty("content")).Order());
    }

    [Fact]
    public async Task OpenApi_OfSegment_ListsEveryStatusThatItsProblemsHave()
    {
        var responses = (await GetJsonAsync("/openapi/v1.json")).GetProperty("paths").GetProperty("/api/segment").GetProperty("post")
            .GetProperty("responses");

        Assert.Equal(["200", "400", "406", "408", "413", "415", "422", "500", "503", "504"], Names(responses).Order());
        Assert.Equal(["Retry-After"], Names(responses.GetProperty("503").GetProperty("headers")));
    }

    [Theory]
    [InlineData("/health", "Health")]
    [InlineData("/api/model", "Model")]
    public async Task OpenApi_SchemaOfAnAnswer_HasTheMembersOfTheAnswer(string path, string schema)
    {
        var document = await GetJsonAsync("/openapi/v1.json");

        Assert.Equal(Names(await GetJsonAsync(path)).Order(), SchemaMembers(document, schema));
    }

    [Fact]
    public async Task OpenApi_SchemaOfASegmentation_HasTheMembersOfTheAnswer()
    {
        var document = await GetJsonAsync("/openapi/v1.json");

        using var response = await Server.Real.PictureAsync(Send.Leuven, "application/json;labels=runs");

        var answer = await response.JsonAsync();
        Assert.Equal(
            "Width of the picture, in pixels.",
            document.GetProperty("components").GetProperty("schemas").GetProperty("SegmentationJson").GetProperty("properties")
                .GetProperty("width").GetProperty("description").GetString());

        // A picture that is posted has no name.
        Assert.Equal(Names(answer).Append("picture").Order(), SchemaMembers(document, "SegmentationJson"));
        Assert.Equal(Names(answer.GetProperty("timings_ms")).Order(), SchemaMembers(document, "TimingsJson"));
        Assert.Equal(Names(answer.GetProperty("classes")[0]).Order(), SchemaMembers(document, "ClassShareJson"));
        Assert.Equal(Names(answer.GetProperty("regions")[0]).Order(), SchemaMembers(document, "RegionJson"));
        Assert.Equal(Names(answer.GetProperty("regions")[0].GetProperty("box")).Order(), SchemaMembers(document, "PixelBox"));
    }

    private static IEnumerable<string> StreetScenesNames => FcnSharp.Imaging.ClassList.CamVid.Select(info => info.Name);

    private static void AssertSafe(HttpResponseMessage response)
    {
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("http", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.NotNull(response.Headers.CacheControl);
        Assert.Empty(response.Headers.Server);
    }

    private static IEnumerable<string> SchemaMembers(JsonElement document, string schema) =>
        Names(document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties")).Order();

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static async Task<JsonElement> GetJsonAsync(string path)
    {
        using var client = Server.Real.CreateClient();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }
}
